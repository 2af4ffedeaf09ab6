/**
 * What customers and the product's process go through when more is asked than sessions can answer: who is served, who is refused and how
 * soon, whether {@code retry-after} is worth obeying, memory over time, and two customers of whom one asks ten times as much.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.overload.OverloadMain}. The routers and the customers are in the measuring
 * process, and the product is in one of its own, so that its memory is its own.
 */
@NullMarked
package network.cortensor.portal.benchmarks.overload;

import org.jspecify.annotations.NullMarked;
