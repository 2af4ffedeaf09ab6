package network.cortensor.portal.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.model.Target;

/**
 * The evidence about a pool's targets as of one moment, with the sign of life of the prober that keeps it fresh.
 *
 * @param targets by name; a target without evidence is absent
 * @param heartbeat when the prober last finished a tick, absent if it never did
 */
public record PoolHealth(Map<String, TargetHealth> targets, Optional<Instant> heartbeat) {
    /** Without a finished tick for so long, evidence may be outdated, so all targets count as unknown. */
    public static final Duration STALE = Duration.ofMinutes(5);

    /** Nothing is known. */
    public static final PoolHealth UNKNOWN = new PoolHealth(Map.of(), Optional.empty());

    public PoolHealth {
        targets = Map.copyOf(targets);
    }

    /**
     * Whether the prober is dead, or never lived: what it took out of rotation could not come back, so nothing is out. A heartbeat that is to
     * come was written by hand, and is none.
     */
    public boolean stale(Instant now) {
        return heartbeat
                .filter(at -> TargetHealth.seenBy(now, at))
                .filter(at -> at.plus(STALE).isAfter(now))
                .isEmpty();
    }

    public Standing standing(Target target, Instant now) {
        return stale(now) ? Standing.UNKNOWN : of(target).standing(now);
    }

    /** The evidence about a target's present session, as it is written. */
    public TargetHealth of(Target target) {
        TargetHealth known = targets.get(target.id().name());
        return known == null ? TargetHealth.none(target.session()) : known.about(target.session());
    }

    /** When a target's server may be asked again, if it has said that it wants no new requests; may be over. */
    public Optional<Instant> limitedUntil(Target target, Instant now) {
        return of(target).believable(now).latest().limitedUntil();
    }

    /** Moving average of the time to the first token, where it was observed. */
    public Optional<Duration> firstToken(Target target) {
        return of(target).firstToken();
    }
}
