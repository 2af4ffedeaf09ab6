/**
 * Measurements, run by hand; see functions/benchmarks/README.md for the commands and the numbers.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.PickBenchmark}. Nothing here is part of the product, and no test asserts a time.
 */
@NullMarked
package network.cortensor.portal.benchmarks;

import org.jspecify.annotations.NullMarked;
