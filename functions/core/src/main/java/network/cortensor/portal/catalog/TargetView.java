package network.cortensor.portal.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Target;

/**
 * A target with its standing when the view was made.
 *
 * @param firstToken moving average of the time to the first token, where it was observed
 * @param limitedUntil when its server may be asked again, if it has said that it wants no new requests; may be over
 */
public record TargetView(
        Target target, Standing standing, Optional<Duration> firstToken, Optional<Instant> limitedUntil) {
    /** A target, and what is known of it; what its item does not say of special tokens is what a deep probe saw. */
    public static TargetView of(Target target, PoolHealth health, Instant now) {
        return new TargetView(
                target.seenWith(health.of(target).specialTokens()),
                health.standing(target, now),
                health.firstToken(target),
                health.limitedUntil(target, now));
    }

    /** Its server has not said that it wants no new requests. */
    public TargetView(Target target, Standing standing, Optional<Duration> firstToken) {
        this(target, standing, firstToken, Optional.empty());
    }
}
