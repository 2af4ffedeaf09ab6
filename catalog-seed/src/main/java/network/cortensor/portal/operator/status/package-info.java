/**
 * How everything stands: {@code portalctl status}.
 *
 * <p>Start with {@link network.cortensor.portal.operator.status.FleetView}, which reads it, and {@link
 * network.cortensor.portal.operator.status.StatusReport}, which tells it. This package writes nothing.
 */
@NullMarked
package network.cortensor.portal.operator.status;

import org.jspecify.annotations.NullMarked;
