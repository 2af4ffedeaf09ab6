/**
 * What every measurement needs of the machine that it runs on: how busy others keep it, and processes of our own.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.machine.Machine}.
 */
@NullMarked
package network.cortensor.portal.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
