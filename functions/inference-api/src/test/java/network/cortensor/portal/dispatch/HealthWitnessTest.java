package network.cortensor.portal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.health.MemoryHealth;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Protocol.Cortensor;
import network.cortensor.portal.model.Protocol.SessionForm;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.time.SideBySide;
import org.junit.jupiter.api.Test;

class HealthWitnessTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Target TARGET = new Target(
            new TargetId("oss-20b", "r1-s168"),
            URI.create("http://r1:5010"),
            new Cortensor(2, SessionForm.BODY, 168),
            Capacity.ONE,
            1,
            State.LIVE,
            Optional.empty());

    private final MemoryHealth store = new MemoryHealth();

    @Test
    void whatTrafficShowsIsEvidence() {
        HealthWitness witness = witness(store);

        witness.worked(TARGET, Optional.of(Duration.ofSeconds(9)));
        witness.finish();
        assertThat(stored().standing(NOON)).isEqualTo(Standing.GOOD);
        assertThat(stored().firstToken()).contains(Duration.ofSeconds(9));

        for (int failures = 0; failures < 3; failures++) {
            witness.failed(TARGET, new Failure.GatewayError(502));
        }
        witness.finish();
        assertThat(stored().standing(NOON)).isEqualTo(Standing.EJECTED);
    }

    @Test
    void aSlowTableHoldsUpNobodyBeforeTheEnd() {
        CountDownLatch answered = new CountDownLatch(1);
        HealthWitness witness = witness(new Slow(store, answered));

        witness.failed(TARGET, new Failure.RouterError());

        assertThat(store.find(TARGET.id())).isEmpty();
        answered.countDown();
        witness.finish();
        assertThat(stored().failuresInRow()).isEqualTo(1);
    }

    @Test
    void aSuccessSoonAfterAnotherCostsNoLookIntoTheTable() {
        HealthWitness witness = witness(store);
        witness.worked(TARGET, Optional.of(Duration.ofSeconds(9)));
        witness.finish();
        TargetHealth before = stored();

        witness.worked(TARGET, Optional.of(Duration.ofSeconds(1)));
        witness.finish();

        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void aSuccessAfterAFailureOfOursIsLookedAtAgain() {
        HealthWitness witness = witness(store);
        witness.worked(TARGET, Optional.of(Duration.ofSeconds(9)));
        witness.finish();
        witness.failed(TARGET, new Failure.RouterError());
        witness.finish();

        witness.worked(TARGET, Optional.of(Duration.ofSeconds(9)));
        witness.finish();

        assertThat(stored().failuresInRow()).isZero();
    }

    @Test
    void aTableThatDoesNotAnswerLosesTheObservationAndNothingElse() {
        HealthWitness witness = witness(new Throttled(store));

        witness.failed(TARGET, new Failure.RouterError());
        witness.finish();

        assertThat(store.find(TARGET.id())).isEmpty();
    }

    @Test
    void anInterruptWaitsForTheEndAndIsRemembered() {
        HealthWitness witness = witness(store);
        witness.failed(TARGET, new Failure.RouterError());
        Thread.currentThread().interrupt();

        witness.finish();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stored().failuresInRow()).isEqualTo(1);
    }

    private TargetHealth stored() {
        return store.find(TARGET.id()).orElseThrow();
    }

    private static HealthWitness witness(HealthStore store) {
        return new HealthWitness(new Learning(store), () -> NOON, SideBySide.VIRTUAL_THREADS);
    }

    /** Answers when it is let. */
    private record Slow(MemoryHealth rows, CountDownLatch answered) implements HealthStore {
        @Override
        public Map<String, TargetHealth> pool(String pool) {
            return rows.pool(pool);
        }

        @Override
        public Optional<TargetHealth> find(TargetId target) throws HealthUnavailable {
            try {
                answered.await();
            } catch (InterruptedException e) {
                throw new HealthUnavailable(e);
            }
            return rows.find(target);
        }

        @Override
        public boolean write(TargetId target, TargetHealth health) {
            return rows.write(target, health);
        }

        @Override
        public Optional<Instant> heartbeat() {
            return rows.heartbeat();
        }

        @Override
        public void beat(Instant finished) {
            rows.beat(finished);
        }
    }

    /** Never answers a question about one target. */
    private record Throttled(MemoryHealth rows) implements HealthStore {
        @Override
        public Map<String, TargetHealth> pool(String pool) {
            return rows.pool(pool);
        }

        @Override
        public Optional<TargetHealth> find(TargetId target) throws HealthUnavailable {
            throw new HealthUnavailable(new IllegalStateException("throttled"));
        }

        @Override
        public boolean write(TargetId target, TargetHealth health) {
            return rows.write(target, health);
        }

        @Override
        public Optional<Instant> heartbeat() {
            return rows.heartbeat();
        }

        @Override
        public void beat(Instant finished) {
            rows.beat(finished);
        }
    }
}
