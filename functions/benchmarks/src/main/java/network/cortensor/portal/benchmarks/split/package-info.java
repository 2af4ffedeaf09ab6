/**
 * What one environment of the function costs by itself: processor time, trips to tables, memory.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.split.SplitMain}.
 */
@NullMarked
package network.cortensor.portal.benchmarks.split;

import org.jspecify.annotations.NullMarked;
