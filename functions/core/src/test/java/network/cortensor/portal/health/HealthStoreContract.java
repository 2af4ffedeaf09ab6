package network.cortensor.portal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.model.TargetId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every store of evidence does. */
public abstract class HealthStoreContract {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Observation SERVED = new Observation.Served(Optional.of(Duration.ofSeconds(10)));
    private static final Observation FAILED = new Observation.Failed(new Failure.RouterError());
    private static final Observation PASSED = new Observation.ProbePassed(Duration.ofSeconds(10));
    private static final Observation KEPT = new Observation.ProbePassed(Duration.ofSeconds(10), SpecialTokens.KEPT);
    private static final Observation DOWN = new Observation.Looked(Liveness.ROUTER_DOWN);
    private static final Observation ALIVE = new Observation.Looked(Liveness.ALIVE);
    private static final TargetId TARGET = new TargetId("oss-20b", "r1-s168");
    private static final TargetHealth NOTHING = TargetHealth.none(new Session("r1:5010", "168"));

    /** An empty store. */
    protected abstract HealthStore store() throws Exception;

    static Stream<Arguments> evidence() {
        return Stream.of(
                Arguments.of("none", List.of()),
                Arguments.of("a success", List.of(SERVED)),
                Arguments.of("a failure", List.of(FAILED)),
                Arguments.of("liveness", List.of(ALIVE)),
                Arguments.of("bad looks", List.of(DOWN, DOWN)),
                Arguments.of("a disproved claim", List.of(new Observation.Looked(Liveness.NO_MINERS), SERVED)),
                Arguments.of("ejected", List.of(SERVED, FAILED, FAILED, FAILED)),
                Arguments.of("ejected with a pass", List.of(FAILED, FAILED, FAILED, PASSED)),
                Arguments.of("returned", List.of(FAILED, FAILED, FAILED, PASSED, PASSED)),
                Arguments.of("special tokens", List.of(PASSED, KEPT)),
                Arguments.of("drained", List.of(new Observation.Drained(NOON))),
                Arguments.of("everything", List.of(SERVED, ALIVE, PASSED, FAILED, new Observation.Drained(NOON))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("evidence")
    void whatIsWrittenIsRead(String ignored, List<Observation> seen) throws Exception {
        HealthStore store = store();
        TargetHealth health = after(NOTHING, NOON.plusNanos(123_456_789), seen);

        assertThat(store.write(TARGET, health)).isTrue();

        assertThat(store.find(TARGET)).contains(health.written());
        assertThat(store.pool(TARGET.pool())).containsOnly(Map.entry(TARGET.name(), health.written()));
    }

    @Test
    void whatWasNeverWrittenIsAbsent() throws Exception {
        HealthStore store = store();

        assertThat(store.find(TARGET)).isEmpty();
        assertThat(store.pool(TARGET.pool())).isEmpty();
        assertThat(store.heartbeat()).isEmpty();
    }

    @Test
    void aWriteOverAnOldVersionIsRefused() throws Exception {
        HealthStore store = store();
        TargetHealth first = after(NOTHING, NOON, SERVED);
        store.write(TARGET, first);

        assertThat(store.write(TARGET, after(NOTHING, NOON, FAILED))).isFalse();
        assertThat(store.find(TARGET)).contains(first.written());
        assertThat(store.write(TARGET, after(first.written(), NOON, FAILED))).isTrue();
        assertThat(store.write(TARGET, after(first.written(), NOON, DOWN))).isFalse();
    }

    @Test
    void aWriteOverARowThatIsGoneIsRefused() throws Exception {
        assertThat(store().write(TARGET, after(NOTHING, NOON, SERVED).written()))
                .isFalse();
    }

    @Test
    void poolsAreKeptApart() throws Exception {
        HealthStore store = store();
        TargetId elsewhere = new TargetId("qwen", TARGET.name());
        store.write(TARGET, after(NOTHING, NOON, SERVED));
        store.write(elsewhere, after(NOTHING, NOON, FAILED));

        assertThat(store.pool("qwen").get(TARGET.name()))
                .isEqualTo(store.find(elsewhere).orElseThrow());
        assertThat(store.pool("oss-20b").get(TARGET.name()))
                .isEqualTo(store.find(TARGET).orElseThrow());
    }

    @Test
    void aPoolOfAThousandIsReadWhole() throws Exception {
        HealthStore store = store();
        for (int number = 0; number < 1000; number++) {
            store.write(new TargetId("oss-20b", "t" + number), after(NOTHING, NOON, SERVED, FAILED, ALIVE));
        }

        assertThat(store.pool("oss-20b")).hasSize(1000);
    }

    @Test
    void theHeartbeatIsTheLastOneAndNoTarget() throws Exception {
        HealthStore store = store();
        store.beat(NOON);
        store.beat(NOON.plusSeconds(60));

        assertThat(store.heartbeat()).contains(NOON.plusSeconds(60));
        assertThat(store.pool("prober")).isEmpty();
    }

    private static TargetHealth after(TargetHealth health, Instant at, Observation... seen) {
        return after(health, at, List.of(seen));
    }

    private static TargetHealth after(TargetHealth health, Instant at, List<Observation> seen) {
        TargetHealth next = health;
        for (Observation observation : seen) {
            next = HealthFold.fold(next, observation, at);
        }
        return next;
    }
}
