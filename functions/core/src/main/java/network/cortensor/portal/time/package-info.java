/**
 * How code waits.
 *
 * <p>Start with {@link network.cortensor.portal.time.Pause}. This package knows the JDK only, and every package may know it.
 */
@NullMarked
package network.cortensor.portal.time;

import org.jspecify.annotations.NullMarked;
