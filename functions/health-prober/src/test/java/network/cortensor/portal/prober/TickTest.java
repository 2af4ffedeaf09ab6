package network.cortensor.portal.prober;

import static network.cortensor.portal.prober.ProberFixture.failed;
import static network.cortensor.portal.prober.ProberFixture.served;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.slots.Take;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import network.cortensor.portal.testkit.router.Fault;
import network.cortensor.portal.testkit.router.OpenAiConfig;
import network.cortensor.portal.testkit.router.OpenAiSimulator;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.router.SessionSettings.Activity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TickTest {
    private final ProberFixture fixture = new ProberFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aFinishedTickWritesItsHeartbeat() {
        Instant before = Instant.now();

        assertThat(fixture.tick()).isEqualTo(Prober.Outcome.FINISHED);

        assertThat(fixture.health.heartbeat().orElseThrow()).isBetween(before, Instant.now());
        assertThat(metric(fixture.lines("tick").getLast(), Metric.TICKS)).isEqualTo(1);
    }

    @Test
    void aTickThatFoundNobodyAliveBeforeItSaysSo() {
        fixture.tick();
        fixture.tick();

        assertThat(fixture.lines("tick"))
                .extracting(line -> metric(line, Metric.STALE_HEALTH))
                .containsExactly(1.0, 0.0);
    }

    @Test
    void aRouterWithManyTargetsIsLookedAtOnce() {
        RouterSimulator router = fixture.router(1, 2, 3, 4, 5);
        for (long session = 1; session <= 5; session++) {
            fixture.knows(fixture.has("oss-20b", router, session), served());
        }

        fixture.tick();

        assertThat(router.connections()).as("/status and /sessions").isEqualTo(2);
    }

    @Test
    void aQuietTickWritesNothingButItsHeartbeat() {
        RouterSimulator router = fixture.router(1);
        Target target = fixture.has("oss-20b", router, 1);
        fixture.knows(target, served());
        fixture.tick();
        TargetHealth after = fixture.health(target);

        fixture.tick();

        assertThat(fixture.health(target)).isEqualTo(after);
        assertThat(fixture.lines("tick").getLast().keys()).containsEntry("evidence_written", 0L);
    }

    @Test
    void aDeadRoutersTargetsAreOutAfterThreeTicks() {
        RouterSimulator dead = fixture.router(1, 2);
        RouterSimulator well = fixture.router(1, 2, 3);
        Target first = fixture.has("oss-20b", dead, 1);
        Target second = fixture.has("oss-20b", dead, 2);
        fixture.knows(first, served());
        fixture.knows(second, served());
        for (long session = 1; session <= 3; session++) {
            fixture.knows(fixture.has("oss-20b", well, session), served());
        }
        dead.stop();

        fixture.tick();
        fixture.tick();
        assertThat(fixture.health(first).standing(Instant.now())).isEqualTo(Standing.UNKNOWN);
        assertThat(fixture.tick()).isEqualTo(Prober.Outcome.FINISHED);

        assertThat(fixture.health(first).standing(Instant.now())).isEqualTo(Standing.EJECTED);
        assertThat(fixture.health(second).standing(Instant.now())).isEqualTo(Standing.EJECTED);
        assertThat(fixture.deepProbes(first)).isEmpty();
        Line pool = fixture.lines("pool").getLast();
        assertThat(pool.dimensions()).containsEntry("pool", "oss-20b");
        assertThat(metric(pool, Metric.TARGETS_EJECTED)).isEqualTo(2);
        assertThat(metric(pool, Metric.TARGETS_IN_ROTATION)).isEqualTo(3);
        assertThat(metric(pool, Metric.POOLS_ALL_EJECTED)).isZero();
    }

    @Test
    void anEjectedTargetThatWorksAgainPassesTwiceInOneTick() {
        RouterSimulator router = fixture.router(1, 2);
        Target ejected = fixture.has("oss-20b", router, 1);
        fixture.knows(ejected, failed(), failed(), failed());
        fixture.knows(fixture.has("oss-20b", router, 2), served());

        fixture.tick();

        assertThat(fixture.deepProbes(ejected)).containsExactly("ok", "ok");
        Instant afterItsTime = Instant.now().plusSeconds(30);
        assertThat(fixture.health(ejected).standing(afterItsTime)).isEqualTo(Standing.GOOD);
    }

    @Test
    void whatIsEjectedIsAskedASecondTimeInATick() {
        RouterSimulator router = fixture.router(1, 2);
        router.session(1).set(ProberFixture.QUICK.withFault(Fault.ERROR_500).withFaultTimes(1));
        Target ejected = fixture.has("oss-20b", router, 1);
        fixture.knows(ejected, failed(), failed(), failed());
        fixture.knows(fixture.has("oss-20b", router, 2), served());

        fixture.tickTwice(Duration.ofSeconds(2));

        assertThat(fixture.deepProbes(ejected)).containsExactly("router_error", "ok", "ok");
    }

    @Test
    void whenMostOfTheFleetTurnsBadTheTickIsFrozen() {
        RouterSimulator one = fixture.router(1);
        RouterSimulator other = fixture.router(1);
        RouterSimulator well = fixture.router(1);
        Target first = fixture.has("oss-20b", one, 1);
        Target second = fixture.has("oss-20b", other, 1);
        Target third = fixture.has("oss-20b", well, 1);
        fixture.knows(first, served());
        fixture.knows(second, served());
        fixture.knows(third, served());
        one.stop();
        other.stop();

        for (int tick = 0; tick < 4; tick++) {
            assertThat(fixture.tick()).isEqualTo(Prober.Outcome.FROZEN);
        }

        assertThat(fixture.health(first).standing(Instant.now())).isEqualTo(Standing.GOOD);
        assertThat(fixture.health(third).liveness().orElseThrow().liveness()).isEqualTo(Liveness.ALIVE);
        assertThat(metric(fixture.lines("tick").getLast(), Metric.FROZEN_TICKS)).isEqualTo(1);
        assertThat(fixture.health.heartbeat()).isPresent();
    }

    @Test
    void whatTheRouterSaysOfASessionIsToldApart() {
        RouterSimulator router = fixture.router(1, 2, 3);
        router.session(2).set(ProberFixture.QUICK.withActivity(Activity.INACTIVE));
        router.session(3).set(ProberFixture.QUICK.withFault(Fault.NO_MINERS));
        Target alive = fixture.has("oss-20b", router, 1);
        Target inactive = fixture.has("oss-20b", router, 2);
        Target withoutMiners = fixture.has("oss-20b", router, 3);
        Target missing = fixture.has("oss-20b", router, 4);
        Target soon = fixture.has(endingIn(Duration.ofHours(23), router));
        Target over = fixture.has(endingIn(Duration.ofSeconds(-1), router));
        Map<Target, Liveness> expected = Map.of(
                alive, Liveness.ALIVE,
                inactive, Liveness.SESSION_INACTIVE,
                withoutMiners, Liveness.NO_MINERS,
                missing, Liveness.SESSION_MISSING,
                soon, Liveness.EXPIRES_SOON,
                over, Liveness.EXPIRED);
        expected.keySet().forEach(target -> fixture.knows(target, served()));

        fixture.tick();

        expected.forEach((target, liveness) -> assertThat(
                        fixture.health(target).liveness().orElseThrow().liveness())
                .as(target.toString())
                .isEqualTo(liveness));
    }

    @Test
    void aSessionThatACustomerUsesIsNotProbed() throws Exception {
        RouterSimulator router = fixture.router(1, 2);
        Target idle = fixture.has("oss-20b", router, 1);
        fixture.knows(fixture.has("oss-20b", router, 2), served());
        Take customer = fixture.slots.pass().take(idle.session(), 1, Duration.ofMinutes(1));

        fixture.tick();

        assertThat(customer).isInstanceOf(Take.Taken.class);
        assertThat(router.session(1).counts().served()).isZero();
        assertThat(fixture.deepProbes(idle)).isEmpty();
    }

    @Test
    void aPoolsLastFreeSlotIsNotProbed() {
        RouterSimulator router = fixture.router(1);
        Target only = fixture.has("oss-20b", router, 1);

        fixture.tick();

        assertThat(fixture.deepProbes(only)).isEmpty();
    }

    @Test
    void aSlotThatACustomerTakesWhileTheTickLooksIsNotFree() {
        AtomicReference<Target> wanted = new AtomicReference<>();
        RouterSimulator router = fixture.router(
                request -> Optional.ofNullable(wanted.getAndSet(null)).ifPresent(fixture::take), 1, 2);
        Target idle = fixture.has("oss-20b", router, 1);
        Target busy = fixture.has("oss-20b", router, 2);
        fixture.knows(busy, served());
        wanted.set(busy);

        fixture.tick();

        assertThat(wanted).as("taken during the look").hasNullValue();
        assertThat(fixture.deepProbes(idle)).as("at the pool's last free slot").isEmpty();
    }

    @Test
    void noMoreDeepProbesThanConfigured() {
        RouterSimulator router = fixture.router(1, 2, 3, 4);
        for (long session = 1; session <= 3; session++) {
            fixture.knows(fixture.has("oss-20b", router, session), failed(), failed(), failed());
        }
        fixture.knows(fixture.has("oss-20b", router, 4), served());

        fixture.prober(fixture.health, 2).tick(ProberFixture.LEFT);

        assertThat(router.counts().stream().mapToLong(counts -> counts.served()).sum())
                .isEqualTo(2);
    }

    @Test
    void aProbeThatWouldOutlastTheFunctionIsNotBegun() {
        RouterSimulator router = fixture.router(1, 2);
        Target ejected = fixture.has("oss-20b", router, 1);
        fixture.knows(ejected, failed(), failed(), failed());
        fixture.knows(fixture.has("oss-20b", router, 2), served());

        fixture.prober(fixture.health, 50).tick(Duration.ofSeconds(11));

        assertThat(fixture.deepProbes(ejected)).containsExactly("skipped");
        assertThat(router.session(1).counts().served()).isZero();
    }

    @Test
    void aDrainingTargetIsDrainedWhenItsLastSlotIsFree() throws Exception {
        RouterSimulator router = fixture.router(1);
        fixture.has(ProberFixture.pool("oss-20b", State.LIVE, Streaming.NATIVE));
        Target draining = fixture.has(ProberFixture.target("oss-20b", router.url(), 1, State.DRAINING));
        Take.Taken last = fixture.take(draining);

        fixture.tick();
        assertThat(fixture.health(draining).drained()).isEmpty();
        assertThat(fixture.lines("drained")).isEmpty();
        last.release();
        fixture.tick();
        fixture.tick();

        assertThat(fixture.health(draining).drained()).isPresent();
        assertThat(fixture.lines("drained"))
                .as("said once")
                .singleElement()
                .satisfies(line -> assertThat(line.keys())
                        .containsEntry("target", draining.id().name()));
        assertThat(fixture.health(draining).liveness()).isPresent();
        assertThat(fixture.deepProbes(draining)).isEmpty();

        fixture.has(ProberFixture.target("oss-20b", router.url(), 1, State.LIVE));
        fixture.tick();
        assertThat(fixture.health(draining).drained()).isEmpty();
    }

    private static Target drainingWithoutSlots(RouterSimulator server) {
        return new Target(
                new TargetId("oss-20b", "server"),
                server.url(),
                new Protocol.OpenAi("m"),
                new Capacity.Unlimited(),
                1,
                State.DRAINING,
                Optional.empty());
    }

    @Test
    void aDrainingServerWithoutSlotsIsDrainedWhenTheLongestRequestMustBeOver() {
        RouterSimulator server = fixture.router(1);
        Pool pool = ProberFixture.pool("oss-20b", State.LIVE, Streaming.NATIVE);
        fixture.has(pool);
        Target draining = fixture.has(drainingWithoutSlots(server));
        Instant begun = Instant.now();

        fixture.tick();

        Instant since = fixture.health(draining).drained().orElseThrow();
        assertThat(since).isAfterOrEqualTo(begun.plus(pool.times().total()));
        assertThat(fixture.health(draining).drainedBy(since.minusMillis(1))).isEmpty();
        assertThat(fixture.health(draining).drainedBy(since)).contains(since);
    }

    /** An operator who reads {@code drained} switches the server off. */
    @Test
    void aServerWithoutSlotsIsSaidToBeDrainedOnceAndOnlyWhenItIs() {
        RouterSimulator server = fixture.router(1);
        Pool pool = ProberFixture.pool("oss-20b", State.LIVE, Streaming.NATIVE);
        fixture.has(pool);
        Target draining = fixture.has(drainingWithoutSlots(server));

        fixture.tick();
        fixture.tick();

        Instant until = fixture.health(draining).drained().orElseThrow();
        assertThat(fixture.lines("drained")).isEmpty();
        assertThat(fixture.lines("draining"))
                .singleElement()
                .satisfies(line -> assertThat(line.keys())
                        .containsEntry("target", "server")
                        .containsEntry("until", until.toString()));

        fixture.pass(pool.times().total().plusSeconds(60));
        fixture.tick();
        fixture.tick();

        assertThat(fixture.lines("draining")).hasSize(1);
        assertThat(fixture.lines("drained"))
                .singleElement()
                .satisfies(line -> assertThat(line.keys())
                        .containsEntry("target", "server")
                        .containsEntry("since", until.toString()));
    }

    @Test
    void aRequestThatStillWentByTheOldCatalogKeepsATargetFromBeingDrained() throws Exception {
        RouterSimulator router = fixture.router(1);
        fixture.has(ProberFixture.pool("oss-20b", State.LIVE, Streaming.NATIVE));
        Target draining = fixture.has(ProberFixture.target("oss-20b", router.url(), 1, State.DRAINING));
        fixture.slotTable.afterTheNextRead(() -> fixture.take(draining));

        fixture.tick();

        assertThat(fixture.slotTaken(draining)).isTrue();
        assertThat(fixture.health(draining).drained()).isEmpty();
    }

    @Test
    void aPausedTargetIsLeftAlone() {
        RouterSimulator router = fixture.router(1);
        fixture.has(ProberFixture.pool("oss-20b", State.PAUSED, Streaming.NATIVE));
        Target paused = fixture.has(ProberFixture.target("oss-20b", router.url(), 1, State.LIVE));

        fixture.tick();

        assertThat(router.connections()).isZero();
        assertThat(fixture.health.find(paused.id())).isEmpty();
    }

    @Test
    void anOpenAiServerIsAskedForItsModels() {
        try (OpenAiSimulator server =
                OpenAiSimulator.start(OpenAiConfig.serving("gpt-oss-120b").withSettings(ProberFixture.QUICK))) {
            fixture.has(ProberFixture.pool("oss-120b", State.LIVE, Streaming.NATIVE));
            Target served = fixture.has(openAi(server, "gpt-oss-120b"));
            Target unknown = fixture.has(openAi(server, "gpt-oss-20b"));

            fixture.tick();

            assertThat(fixture.health(served).liveness().orElseThrow().liveness())
                    .isEqualTo(Liveness.ALIVE);
            assertThat(fixture.health(unknown).liveness().orElseThrow().liveness())
                    .as("a model that is not listed may be served all the same")
                    .isEqualTo(Liveness.ALIVE);
            assertThat(server.connections()).as("one look, one deep probe").isEqualTo(2);
        }
    }

    @Test
    void withoutItsTablesATickDoesNothingAndSaysSo() {
        RouterSimulator router = fixture.router(1);
        fixture.has("oss-20b", router, 1);

        Prober.Outcome outcome = fixture.prober(new Throttled(), 50).tick(ProberFixture.LEFT);

        assertThat(outcome).isEqualTo(Prober.Outcome.TABLES_UNAVAILABLE);
        assertThat(router.connections()).isZero();
        assertThat(fixture.lines("tick").getLast().keys()).containsEntry("outcome", "tables_unavailable");
        assertThat(fixture.lines("tick").getLast().metrics()).isEmpty();
    }

    private static Target endingIn(Duration time, RouterSimulator router) {
        long session = time.isNegative() ? 1 : 2;
        Target plain = ProberFixture.target("oss-20b", router.url(), session, State.LIVE);
        return new Target(
                new TargetId("oss-20b", "ends-in-" + session),
                plain.routerUrl(),
                new Protocol.Cortensor(2, Protocol.SessionForm.BODY, 1),
                plain.capacity(),
                1,
                State.LIVE,
                Optional.of(Instant.now().plus(time)));
    }

    private static Target openAi(OpenAiSimulator server, String model) {
        Target target = ProberFixture.target("oss-120b", server.url(), new Protocol.OpenAi(model), State.LIVE);
        return new Target(
                new TargetId("oss-120b", model),
                target.routerUrl(),
                target.protocol(),
                new Capacity.Unlimited(),
                1,
                State.LIVE,
                Optional.empty());
    }

    private static double metric(Line line, Metric metric) {
        return line.metrics().getOrDefault(metric, -1.0);
    }

    /** A store that answers nobody. */
    private static final class Throttled implements HealthStore {
        @Override
        public Map<String, TargetHealth> pool(String pool) throws HealthUnavailable {
            throw unavailable();
        }

        @Override
        public Optional<TargetHealth> find(TargetId target) throws HealthUnavailable {
            throw unavailable();
        }

        @Override
        public boolean write(TargetId target, TargetHealth health) throws HealthUnavailable {
            throw unavailable();
        }

        @Override
        public Optional<Instant> heartbeat() throws HealthUnavailable {
            throw unavailable();
        }

        @Override
        public void beat(Instant finished) throws HealthUnavailable {
            throw unavailable();
        }

        private static HealthUnavailable unavailable() {
            return new HealthUnavailable(new IllegalStateException("throttled"));
        }
    }
}
