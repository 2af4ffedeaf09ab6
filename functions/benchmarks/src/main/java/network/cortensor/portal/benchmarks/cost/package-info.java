/**
 * What a month costs, from measured units and list prices.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.cost.Units}: all that was measured or assumed stands there, and all prices in
 * {@link network.cortensor.portal.benchmarks.cost.Prices}. This package knows the JDK only.
 */
@NullMarked
package network.cortensor.portal.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
