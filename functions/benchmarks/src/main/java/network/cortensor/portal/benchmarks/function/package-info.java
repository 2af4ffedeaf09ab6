/**
 * The function as a process of its own, behind an emulated Runtime API and before simulated routers and real tables: what other
 * measurements drive. Its processor time and memory are the function's alone.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.function.MeasuredFunction}.
 */
@NullMarked
package network.cortensor.portal.benchmarks.function;

import org.jspecify.annotations.NullMarked;
