package network.cortensor.portal.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import network.cortensor.portal.health.TargetHealth.Run;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.SpecialTokens;

/**
 * What an observation does to the evidence: {@code health × observation × instant → health}.
 *
 * <pre>
 *                3 failures in a row                      2 passes in a row
 *   ┌────┐   ──────────────────────────▶  ┌─────────┐  ──────────────────────▶  ┌──────────┐
 *   │ In │                                │ Ejected │                           │ Returned │──┐ an hour without
 *   └────┘                                └─────────┘  ◀──────────────────────  └──────────┘  │ ejection: the count
 *                                           │     ▲      3 failures in a row:       ▲         │ begins anew
 *                                           └─────┘      count + 1; or one before   └─────────┘
 *                                    failures, liveness  the ejection's time is over
 * </pre>
 *
 * <ul>
 *   <li><em>Passes</em> are answered requests of customers and deep probes that got text. <em>Failures</em> are failed attempts and deep
 *       probes, and looks that were bad; a good look ends a run of bad looks and nothing else.
 *   <li>An ejection lasts 30 s × its count, at most 300 s, and until two passes in a row: time alone and mere liveness bring nothing back.
 *       Passes that come early count; the target is then back when the time is over.
 *   <li>A pass proves a router's claim about a session wrong (missing, inactive, no miners), and the same claim does not count again
 *       until liveness has said something else. Without this rule a router that lists its sessions wrongly would keep a working target out for ever.
 *   <li>What a deep probe shows of special tokens is true until another shows otherwise.
 *   <li>What changes nothing returns the very same evidence, so that nothing needs to be written.
 * </ul>
 */
public final class HealthFold {
    /** Failures in a row that take a target out of rotation. */
    public static final int FAILURES_TO_EJECT = 3;

    /** Passes in a row that bring it back. */
    public static final int PASSES_TO_RETURN = 2;

    /** What goes on being bad is noted once in so long, because evidence of which nothing was seen for a month is forgotten. */
    static final Duration REPEATED = Duration.ofDays(1);

    /** Weight of the newest time in the moving average: the last ten say nine tenths of it. */
    private static final double NEWEST = 0.2;

    private HealthFold() {}

    public static TargetHealth fold(TargetHealth stored, Observation seen, Instant now) {
        TargetHealth health = stored.believable(now);
        return switch (seen) {
            case Observation.Served served -> passed(health, served.firstToken(), now);
            case Observation.Failed failed -> failed.bad() ? failed(health, failed.failure(), now) : health;
            case Observation.Limited limited -> health.with(health.latest().limited(limited.until()));
            case Observation.ProbePassed(Duration firstToken, SpecialTokens specialTokens) ->
                passed(probed(health, now), Optional.of(firstToken), now)
                        .withSpecialTokens(specialTokens.or(health.specialTokens()));
            case Observation.ProbeFailed failed -> failed(probed(health, now), failed.failure(), now);
            case Observation.Looked looked -> looked(health, looked.liveness(), now);
            case Observation.Drained drained ->
                health.drained().isPresent() ? health : health.withDrained(Optional.of(drained.since()));
            case Observation.InUse ignored -> health.withDrained(Optional.empty());
        };
    }

    private static TargetHealth passed(TargetHealth health, Optional<Duration> firstToken, Instant now) {
        int passes = Math.min(health.run().passes() + 1, PASSES_TO_RETURN);
        TargetHealth next = health.with(new Run(0, passes)).with(health.latest().succeeded(now));
        if (health.liveness().isPresent()) {
            next = next.with(health.liveness().get().afterPass());
        }
        if (firstToken.isPresent()) {
            next = next.withFirstToken(average(health.firstToken(), firstToken.get()));
        }
        return passes == PASSES_TO_RETURN ? next.with(next.rotation().comeBack(now)) : next;
    }

    private static TargetHealth failed(TargetHealth health, Failure failure, Instant now) {
        return judged(
                health.with(new Run(health.run().failures() + 1, 0))
                        .with(health.latest().failed(failure.kind(), now)),
                now);
    }

    private static TargetHealth looked(TargetHealth health, Liveness liveness, Instant now) {
        LastLiveness next = health.liveness()
                .map(last -> last.then(liveness, now))
                .orElseGet(() -> LastLiveness.first(liveness, now));
        if (health.liveness().filter(next::equals).isPresent()) {
            return next.badInRow() > 0 && !seenLately(health, now)
                    ? health.with(health.latest().failed(liveness.word(), now))
                    : health;
        }
        TargetHealth seen = health.with(next);
        if (next.badInRow() == 0) {
            return seen;
        }
        return judged(
                seen.with(new Run(health.run().failures(), 0))
                        .with(health.latest().failed(liveness.word(), now)),
                now);
    }

    private static boolean seenLately(TargetHealth health, Instant now) {
        return health.latest()
                .failure()
                .filter(seen -> seen.at().plus(REPEATED).isAfter(now))
                .isPresent();
    }

    private static TargetHealth judged(TargetHealth health, Instant now) {
        Rotation rotation = health.rotation();
        return health.with(health.failuresInRow() >= FAILURES_TO_EJECT ? rotation.eject(now) : rotation.stumble(now));
    }

    private static TargetHealth probed(TargetHealth health, Instant now) {
        return health.with(health.latest().probed(now));
    }

    /** In whole milliseconds, as it is kept. */
    private static Duration average(Optional<Duration> old, Duration newest) {
        long before = old.orElse(newest).toMillis();
        return Duration.ofMillis(before + Math.round(NEWEST * (newest.toMillis() - before)));
    }
}
