/**
 * Where a request goes: which route, then which target, as a pure function of what is known at one instant.
 *
 * <p>Start with {@link network.cortensor.portal.routing.Decision}. This package reads no clock, table or environment: it is given the
 * {@code Instant} and the {@code RandomGenerator}.
 */
@NullMarked
package network.cortensor.portal.routing;

import org.jspecify.annotations.NullMarked;
