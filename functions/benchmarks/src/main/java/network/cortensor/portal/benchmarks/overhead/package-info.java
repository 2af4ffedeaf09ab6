/**
 * What the product adds to a request: pairs of the same request, one straight to a simulated router and one through the whole local product,
 * side by side on the same machine.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.overhead.OverheadMain}. Routers, product and customers are a process each, so
 * that the product's processor time and memory are its own.
 */
@NullMarked
package network.cortensor.portal.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
