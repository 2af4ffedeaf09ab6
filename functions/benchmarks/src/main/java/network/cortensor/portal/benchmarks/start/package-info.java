/**
 * How long the function's package takes to start: the very zip that Lambda gets, started by its own wrapper against an emulated Runtime API.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.start.StartMain}.
 */
@NullMarked
package network.cortensor.portal.benchmarks.start;

import org.jspecify.annotations.NullMarked;
