/**
 * The machine's evidence about targets: a pure fold {@code health × observation × instant → health}, and what is derived from it
 * when it is read.
 *
 * <p>Start with {@link network.cortensor.portal.health.HealthFold}; what the prober decides in a tick is in {@link
 * network.cortensor.portal.health.ProbePlan} and {@link network.cortensor.portal.health.ProberSoundness}, and {@link
 * network.cortensor.portal.health.PoolHealth} is how routing reads it. This package knows {@code model}, and reads no clock, table or
 * environment.
 */
@NullMarked
package network.cortensor.portal.health;

import org.jspecify.annotations.NullMarked;
