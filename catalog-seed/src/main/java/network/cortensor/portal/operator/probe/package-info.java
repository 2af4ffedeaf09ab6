/**
 * Asks the prober for one deep probe: {@code portalctl probe}. Only functions take slots, because their clocks are kept.
 *
 * <p>Start with {@link network.cortensor.portal.operator.probe.Probe}.
 */
@NullMarked
package network.cortensor.portal.operator.probe;

import org.jspecify.annotations.NullMarked;
