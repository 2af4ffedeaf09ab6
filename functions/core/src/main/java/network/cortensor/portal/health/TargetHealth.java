package network.cortensor.portal.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.SpecialTokens;

/**
 * The evidence about one target. Whether it is in rotation, and how good it is, is derived when it is {@linkplain #standing read}.
 *
 * @param session which the evidence is about: a target that an operator points at another session starts without any
 * @param firstToken moving average of the time to the first token
 * @param specialTokens what the latest deep probe that showed it saw the target's server do to them
 * @param drained since when a target that takes no new requests has had none in flight
 * @param version how often this was written; a write is valid only on the version that it was folded from
 */
public record TargetHealth(
        Session session,
        Run run,
        Rotation rotation,
        Optional<LastLiveness> liveness,
        Latest latest,
        Optional<Duration> firstToken,
        SpecialTokens specialTokens,
        Optional<Instant> drained,
        long version) {

    /** How long a success keeps a target known good: twice the time after which idle ones are probed, so that a probe may be late. */
    public static final Duration FRESH = ProbePlan.IDLE.multipliedBy(2);

    /** What the clocks of two functions may differ by, with much to spare. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /** The latest results of real requests and deep probes; at most one of the two numbers is above 0. */
    public record Run(int failures, int passes) {
        static final Run NONE = new Run(0, 0);

        public Run {
            if (failures < 0 || passes < 0 || (failures > 0 && passes > 0)) {
                throw new IllegalArgumentException("run: " + failures + " failures and " + passes
                        + " passes in a row (expected: >= 0, and not both)");
            }
        }
    }

    /**
     * When things happened last.
     *
     * @param success of a real request or a deep probe
     * @param limitedUntil when the target's server may be asked again, as it has said; may be over
     */
    public record Latest(
            Optional<Instant> success,
            Optional<Instant> deepProbe,
            Optional<FailureSeen> failure,
            Optional<Instant> limitedUntil) {
        static final Latest NOTHING =
                new Latest(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        private Latest until(Instant bound) {
            return new Latest(
                    success.filter(at -> at.isBefore(bound)),
                    deepProbe.filter(at -> at.isBefore(bound)),
                    failure.filter(seen -> seen.at().isBefore(bound)),
                    limitedUntil.filter(at -> at.isBefore(bound.plus(Failure.Limited.LONGEST))));
        }

        Latest succeeded(Instant now) {
            return new Latest(Optional.of(now), deepProbe, failure, Optional.empty());
        }

        Latest probed(Instant now) {
            return new Latest(success, Optional.of(now), failure, limitedUntil);
        }

        Latest failed(String kind, Instant now) {
            return new Latest(success, deepProbe, Optional.of(new FailureSeen(kind, now)), limitedUntil);
        }

        Latest limited(Instant until) {
            return new Latest(success, deepProbe, failure, Optional.of(until));
        }
    }

    /** @param kind {@link network.cortensor.portal.model.Failure#kind()} or {@link Liveness#word()} */
    public record FailureSeen(String kind, Instant at) {}

    /** No evidence, and never written. */
    public static TargetHealth none(Session session) {
        return none(session, 0);
    }

    private static TargetHealth none(Session session, long version) {
        return new TargetHealth(
                session,
                Run.NONE,
                new Rotation.In(),
                Optional.empty(),
                Latest.NOTHING,
                Optional.empty(),
                SpecialTokens.UNKNOWN,
                Optional.empty(),
                version);
    }

    /** This, if it is about {@code current}. Otherwise no evidence, which can be written over this. */
    public TargetHealth about(Session current) {
        return session.equals(current) ? this : none(current, version);
    }

    /**
     * This without times that lie further ahead of {@code now} than any that is written: they were made by hand, and would keep a target
     * good, out of rotation, limited, unprobed or undrained until then.
     */
    public TargetHealth believable(Instant now) {
        Instant ahead = now.plus(CLOCKS_DIFFER);
        TargetHealth honest = new TargetHealth(
                session,
                run,
                rotation.until(ahead.plus(Rotation.LONGEST_EJECTION), now),
                liveness.map(last -> last.since().isBefore(ahead) ? last : last.from(now)),
                latest.until(ahead),
                firstToken,
                specialTokens,
                drained.filter(since -> since.isBefore(ahead.plus(PoolTimes.LONGEST_TOTAL))),
                version);
        return honest.equals(this) ? this : honest;
    }

    /** Whether a moment at which something was seen may be one: clocks differ, but not more than by a minute. */
    static boolean seenBy(Instant now, Instant seen) {
        return seen.isBefore(now.plus(CLOCKS_DIFFER));
    }

    /** What the evidence says now, provided that the prober is alive. */
    public Standing standing(Instant now) {
        TargetHealth believed = believable(now);
        if (believed.rotation.ejected(now)) {
            return Standing.EJECTED;
        }
        boolean fresh = believed.latest
                .success()
                .filter(at -> at.plus(FRESH).isAfter(now))
                .isPresent();
        return fresh && failuresInRow() == 0 ? Standing.GOOD : Standing.UNKNOWN;
    }

    /** Everything that spoke against the target since it last worked: failed requests and probes, and bad looks in a row. */
    public int failuresInRow() {
        return run.failures() + liveness.map(LastLiveness::badInRow).orElse(0);
    }

    TargetHealth with(Run next) {
        return new TargetHealth(session, next, rotation, liveness, latest, firstToken, specialTokens, drained, version);
    }

    TargetHealth with(Rotation next) {
        return new TargetHealth(session, run, next, liveness, latest, firstToken, specialTokens, drained, version);
    }

    TargetHealth with(LastLiveness next) {
        return new TargetHealth(
                session, run, rotation, Optional.of(next), latest, firstToken, specialTokens, drained, version);
    }

    TargetHealth with(Latest next) {
        return new TargetHealth(session, run, rotation, liveness, next, firstToken, specialTokens, drained, version);
    }

    TargetHealth withFirstToken(Duration average) {
        return new TargetHealth(
                session, run, rotation, liveness, latest, Optional.of(average), specialTokens, drained, version);
    }

    TargetHealth withSpecialTokens(SpecialTokens seen) {
        return new TargetHealth(session, run, rotation, liveness, latest, firstToken, seen, drained, version);
    }

    TargetHealth withDrained(Optional<Instant> since) {
        return new TargetHealth(session, run, rotation, liveness, latest, firstToken, specialTokens, since, version);
    }

    /** Since when the target has been drained, if it is by now. */
    public Optional<Instant> drainedBy(Instant now) {
        return drained.filter(since -> !since.isAfter(now));
    }

    /** As it stands in the table once it is written. */
    public TargetHealth written() {
        return new TargetHealth(
                session, run, rotation, liveness, latest, firstToken, specialTokens, drained, version + 1);
    }
}
