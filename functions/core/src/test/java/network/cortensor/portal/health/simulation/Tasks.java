package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.slots.Slots;

/**
 * What becomes of one task that is sent to a router, drawn from the times of recorded traffic: 8 s at least, 39 s in the middle, nine in
 * ten within 63 s, 81 s at most, until the whole answer; the first token after about half of that.
 */
final class Tasks {
    private static final double FIRST_TOKEN_SHARE = 0.55;
    private static final double HANGING_SHARE = 0.2;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration REFUSAL = Duration.ofMillis(50);
    private static final PoolTimes TIMES = PoolTimes.DEFAULTS;

    private final Scenario scenario;
    private final RandomGenerator random;

    Tasks(Scenario scenario, RandomGenerator random) {
        this.scenario = scenario;
        this.random = random;
    }

    /** How often one request has been sent already. */
    enum Turn {
        FIRST,
        RETRY
    }

    /**
     * @param firstToken from the start, absent if there is none
     * @param failure absent if the answer is whole
     * @param over when whoever sent it knows the outcome
     * @param slotFree when the session's slot is free again
     */
    record Course(Optional<Duration> firstToken, Optional<Failure> failure, Instant over, Instant slotFree) {}

    Course draw(Target target, Turn turn, Instant start) {
        SessionCondition condition = scenario.at(target, start);
        boolean unlucky = random.nextDouble() < HANGING_SHARE;
        Duration whole = wholeAnswer().multipliedBy(condition.slowness());
        return switch (condition.work()) {
            case REFUSES -> unsent(start);
            case FAILS -> failed(start, new Failure.Unavailable(503));
            case LIMITS -> failed(start, new Failure.Limited(LIMIT));
            case WITHOUT_KEY -> failed(start, Failure.NotSent.NO_CREDENTIAL);
            case ANSWERS_FOR_LONG -> endless(start);
            case HANGS -> hung(start);
            case HANGS_AT_FIRST -> unlucky && turn == Turn.FIRST ? hung(start) : answer(target, start, whole);
            case HANGS_AT_TIMES -> unlucky ? hung(start) : answer(target, start, whole);
            case ANSWERS -> answer(target, start, whole);
        };
    }

    /** Without a network of one's own. */
    static Course unsent(Instant start) {
        Instant over = start.plus(REFUSAL);
        return new Course(
                Optional.empty(), Optional.of(new Failure.NotSent(Failure.NotSent.Cause.CONNECT)), over, over);
    }

    private static Course failed(Instant start, Failure failure) {
        Instant over = start.plus(REFUSAL);
        return new Course(Optional.empty(), Optional.of(failure), over, over);
    }

    /** A whole answer to its customer, if a cut one. */
    private static Course endless(Instant start) {
        return new Course(
                Optional.of(TIMES.firstToken().dividedBy(2)),
                Optional.empty(),
                start.plus(TIMES.attempt()),
                leaseEnd(start));
    }

    private static Course hung(Instant start) {
        return lost(
                start,
                new Failure.DeadlinePassed(Failure.DeadlinePassed.Phase.FIRST_TOKEN),
                start.plus(TIMES.firstToken()));
    }

    private static Course lost(Instant start, Failure failure, Instant over) {
        return new Course(Optional.empty(), Optional.of(failure), over, leaseEnd(start));
    }

    private Course answer(Target target, Instant start, Duration whole) {
        Duration firstToken = Duration.ofMillis(Math.round(whole.toMillis() * FIRST_TOKEN_SHARE));
        if (firstToken.compareTo(TIMES.firstToken()) > 0) {
            return hung(start);
        }
        if (!scenario.at(target, start.plus(firstToken)).works()) {
            return lost(start, new Failure.ConnectionLost(), start.plus(firstToken));
        }
        Instant end = start.plus(whole);
        if (!scenario.at(target, end).works()) {
            return new Course(Optional.of(firstToken), Optional.of(new Failure.Cut()), end, leaseEnd(start));
        }
        return new Course(Optional.of(firstToken), Optional.empty(), end, end);
    }

    /** When a slot that nobody releases is free again. */
    private static Instant leaseEnd(Instant start) {
        return start.plus(TIMES.attempt()).plus(Slots.MARGIN).plus(Slots.CLOCK_SKEW);
    }

    private Duration wholeAnswer() {
        double share = random.nextDouble();
        double seconds;
        if (share < 0.5) {
            seconds = between(8, 39, share / 0.5);
        } else if (share < 0.9) {
            seconds = between(39, 63, (share - 0.5) / 0.4);
        } else {
            seconds = between(63, 81, (share - 0.9) / 0.1);
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static double between(double low, double high, double share) {
        return low + (high - low) * share;
    }
}
