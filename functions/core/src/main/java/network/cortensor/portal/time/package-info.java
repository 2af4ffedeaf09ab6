/**
 * How code waits, and what runs meanwhile.
 *
 * <p>Start with {@link network.cortensor.portal.time.Pause} and {@link network.cortensor.portal.time.SideBySide}. This package knows the JDK only, and every package may know it.
 */
@NullMarked
package network.cortensor.portal.time;

import org.jspecify.annotations.NullMarked;
