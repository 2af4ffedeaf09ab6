/**
 * The machine's evidence about targets: a pure fold {@code health × observation × instant → health}, and what is derived from it
 * when it is read.
 *
 * <p>Start with {@link network.cortensor.portal.health.Standing}. This package reads no clock, table or environment.
 */
@NullMarked
package network.cortensor.portal.health;

import org.jspecify.annotations.NullMarked;
