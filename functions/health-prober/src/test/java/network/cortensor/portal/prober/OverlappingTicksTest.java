package network.cortensor.portal.prober;

import static network.cortensor.portal.prober.ProberFixture.failed;
import static network.cortensor.portal.prober.ProberFixture.served;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.LastLiveness;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.testkit.router.RouterSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two ticks and real traffic at the same time: whoever writes second has read what the first wrote. */
class OverlappingTicksTest {
    private final ProberFixture fixture = new ProberFixture();
    private final Between store = new Between(fixture.health);
    private final Prober prober = fixture.prober(store, 0);

    private Target target;

    @BeforeEach
    void aRouterThatIsGone() {
        RouterSimulator router = fixture.router(1);
        RouterSimulator well = fixture.router(2, 3);
        target = fixture.has("oss-20b", router, 1);
        fixture.knows(target, served());
        for (long session = 2; session <= 3; session++) {
            fixture.knows(fixture.has("oss-20b", well, session), served());
        }
        fixture.tick();
        router.stop();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatASecondTickAndACustomerSawMeanwhileIsCountedToo() {
        store.beforeTheNextWrite(() -> {
            prober.tick(ProberFixture.LEFT);
            traffic(failed());
        });

        prober.tick(ProberFixture.LEFT);

        TargetHealth health = fixture.health(target);
        assertThat(health.liveness().map(LastLiveness::badInRow)).contains(2);
        assertThat(health.run().failures()).isEqualTo(1);
        assertThat(health.standing(Instant.now())).isEqualTo(Standing.EJECTED);
        assertThat(fixture.lines("tick"))
                .allSatisfy(line -> assertThat(line.keys()).containsEntry("evidence_lost", 0L));
    }

    @Test
    void anAnswerThatACustomerGotMeanwhileIsNotForgotten() {
        Instant before = Instant.now();
        traffic(failed());
        traffic(failed());
        store.beforeTheNextWrite(() -> traffic(served()));

        prober.tick(ProberFixture.LEFT);

        TargetHealth health = fixture.health(target);
        assertThat(health.latest().success().orElseThrow()).isAfterOrEqualTo(before);
        assertThat(health.liveness().map(LastLiveness::liveness)).contains(Liveness.ROUTER_DOWN);
        assertThat(health.failuresInRow()).as("the look, and neither failure").isEqualTo(1);
        assertThat(health.standing(Instant.now())).isEqualTo(Standing.UNKNOWN);
    }

    private void traffic(Observation seen) {
        try {
            assertThat(new Learning(fixture.health)
                            .fromTraffic(target, seen, Instant.now())
                            .outcome())
                    .isEqualTo(Learning.Learned.Outcome.WRITTEN);
        } catch (HealthUnavailable e) {
            throw new IllegalStateException(e);
        }
    }

    /** A store whose writes something comes in between. */
    private record Between(HealthStore store, ConcurrentLinkedDeque<Runnable> happenings) implements HealthStore {
        private Between(HealthStore store) {
            this(store, new ConcurrentLinkedDeque<>());
        }

        private void beforeTheNextWrite(Runnable happening) {
            happenings.add(happening);
        }

        @Override
        public boolean write(TargetId target, TargetHealth health) throws HealthUnavailable {
            Optional.ofNullable(happenings.poll()).ifPresent(Runnable::run);
            return store.write(target, health);
        }

        @Override
        public Map<String, TargetHealth> pool(String pool) throws HealthUnavailable {
            return store.pool(pool);
        }

        @Override
        public Optional<TargetHealth> find(TargetId target) throws HealthUnavailable {
            return store.find(target);
        }

        @Override
        public Optional<Instant> heartbeat() throws HealthUnavailable {
            return store.heartbeat();
        }

        @Override
        public void beat(Instant finished) throws HealthUnavailable {
            store.beat(finished);
        }
    }
}
