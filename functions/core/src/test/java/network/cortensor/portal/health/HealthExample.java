package network.cortensor.portal.health;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Protocol.Cortensor;
import network.cortensor.portal.model.Protocol.SessionForm;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/** Values that tests of health start from. */
final class HealthExample {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Pool POOL = new Pool("oss-20b", State.LIVE, PoolTimes.DEFAULTS, 3, Streaming.NATIVE);
    static final Target TARGET = target(1, "r1");

    static final Observation SERVED = new Observation.Served(Optional.of(Duration.ofSeconds(10)));
    static final Observation FAILED = new Observation.Failed(new Failure.RouterError());
    static final Observation PROBE_PASSED = new Observation.ProbePassed(Duration.ofSeconds(10));
    static final Observation PROBE_FAILED = new Observation.ProbeFailed(new Failure.NoResult());
    static final Observation DOWN = new Observation.Looked(Liveness.ROUTER_DOWN);
    static final Observation ALIVE = new Observation.Looked(Liveness.ALIVE);

    private HealthExample() {}

    static Target target(long session, String router) {
        return new Target(
                new TargetId(POOL.name(), "t" + session),
                URI.create("http://" + router + ":5010"),
                new Cortensor(2, SessionForm.BODY, session),
                Capacity.ONE,
                10,
                State.LIVE,
                Optional.empty());
    }

    static Target target(State state) {
        return new Target(
                TARGET.id(), TARGET.routerUrl(), TARGET.protocol(), TARGET.capacity(), 10, state, Optional.empty());
    }

    static Target weighing(int weight) {
        return new Target(
                TARGET.id(),
                TARGET.routerUrl(),
                TARGET.protocol(),
                TARGET.capacity(),
                weight,
                State.LIVE,
                Optional.empty());
    }

    static Target endingAt(Instant end) {
        return new Target(
                TARGET.id(),
                TARGET.routerUrl(),
                TARGET.protocol(),
                TARGET.capacity(),
                10,
                State.LIVE,
                Optional.of(end));
    }

    static Target unlimited() {
        return new Target(
                TARGET.id(),
                TARGET.routerUrl(),
                new Protocol.OpenAi("some-model"),
                new Capacity.Unlimited(),
                10,
                State.LIVE,
                Optional.empty());
    }

    static TargetHealth nothingKnown() {
        return TargetHealth.none(TARGET.session());
    }

    /** Folds one after the other, all at the same instant. */
    static TargetHealth after(TargetHealth health, Instant at, Observation... seen) {
        return after(health, at, List.of(seen));
    }

    static TargetHealth after(TargetHealth health, Instant at, List<Observation> seen) {
        TargetHealth next = health;
        for (Observation observation : seen) {
            next = HealthFold.fold(next, observation, at);
        }
        return next;
    }

    static Instant noonPlus(Duration later) {
        return NOON.plus(later);
    }

    static Instant noonPlusSeconds(long seconds) {
        return NOON.plusSeconds(seconds);
    }
}
