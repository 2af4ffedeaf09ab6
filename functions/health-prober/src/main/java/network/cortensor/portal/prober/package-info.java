/**
 * The function {@code health-prober}: once a minute it looks at every target, probes deeply where nothing else tells whether one works, and
 * adds what it saw to the evidence that routing reads.
 *
 * <p>Start with {@link network.cortensor.portal.prober.HealthProber}, then {@link network.cortensor.portal.prober.Tick}. What a tick decides
 * is decided in {@code health}; this package acts. It may not know customers, keys or usage.
 */
@NullMarked
package network.cortensor.portal.prober;

import org.jspecify.annotations.NullMarked;
