package network.cortensor.portal.health;

import static network.cortensor.portal.health.Example.ALIVE;
import static network.cortensor.portal.health.Example.DOWN;
import static network.cortensor.portal.health.Example.FAILED;
import static network.cortensor.portal.health.Example.NOON;
import static network.cortensor.portal.health.Example.PROBE_PASSED;
import static network.cortensor.portal.health.Example.SERVED;
import static network.cortensor.portal.health.Example.TARGET;
import static network.cortensor.portal.health.Example.after;
import static network.cortensor.portal.health.Example.noonPlusSeconds;
import static network.cortensor.portal.health.Example.nothingKnown;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every store of evidence does. */
public abstract class HealthStoreContract {

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
                Arguments.of("ejected with a pass", List.of(FAILED, FAILED, FAILED, PROBE_PASSED)),
                Arguments.of("returned", List.of(FAILED, FAILED, FAILED, PROBE_PASSED, PROBE_PASSED)),
                Arguments.of("drained", List.of(new Observation.Drained())),
                Arguments.of("everything", List.of(SERVED, ALIVE, PROBE_PASSED, FAILED, new Observation.Drained())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("evidence")
    void whatIsWrittenIsRead(String ignored, List<Observation> seen) throws Exception {
        HealthStore store = store();
        TargetHealth health = after(nothingKnown(), NOON.plusMillis(123), seen);

        assertThat(store.write(TARGET.id(), health)).isTrue();

        assertThat(store.find(TARGET.id())).contains(health.written());
        assertThat(store.pool(TARGET.id().pool())).containsOnly(Map.entry("t1", health.written()));
    }

    @Test
    void whatWasNeverWrittenIsAbsent() throws Exception {
        HealthStore store = store();

        assertThat(store.find(TARGET.id())).isEmpty();
        assertThat(store.pool(TARGET.id().pool())).isEmpty();
        assertThat(store.heartbeat()).isEmpty();
    }

    @Test
    void aWriteOverAnOldVersionIsRefused() throws Exception {
        HealthStore store = store();
        TargetHealth first = after(nothingKnown(), NOON, SERVED);
        store.write(TARGET.id(), first);

        assertThat(store.write(TARGET.id(), after(nothingKnown(), NOON, FAILED)))
                .isFalse();
        assertThat(store.find(TARGET.id())).contains(first.written());
        assertThat(store.write(TARGET.id(), after(first.written(), NOON, FAILED)))
                .isTrue();
        assertThat(store.write(TARGET.id(), after(first.written(), NOON, FAILED)))
                .isFalse();
    }

    @Test
    void aWriteOverARowThatIsGoneIsRefused() throws Exception {
        assertThat(store().write(
                                TARGET.id(), after(nothingKnown(), NOON, SERVED).written()))
                .isFalse();
    }

    @Test
    void poolsAreKeptApart() throws Exception {
        HealthStore store = store();
        TargetId elsewhere = new TargetId("qwen", "t1");
        store.write(TARGET.id(), after(nothingKnown(), NOON, SERVED));
        store.write(elsewhere, after(nothingKnown(), NOON, FAILED));

        assertThat(store.pool("qwen").get("t1")).isEqualTo(store.find(elsewhere).orElseThrow());
        assertThat(store.pool("oss-20b").get("t1"))
                .isEqualTo(store.find(TARGET.id()).orElseThrow());
    }

    @Test
    void aPoolOfAThousandIsReadWhole() throws Exception {
        HealthStore store = store();
        List<Target> targets = IntStream.range(0, 1000)
                .mapToObj(session -> Example.target(session, "r1"))
                .toList();
        for (Target target : targets) {
            store.write(target.id(), after(TargetHealth.none(target.session()), NOON, SERVED, FAILED, ALIVE));
        }

        assertThat(store.pool("oss-20b")).hasSize(1000);
    }

    @Test
    void theHeartbeatIsTheLastOneAndNoTarget() throws Exception {
        HealthStore store = store();
        store.beat(NOON);
        store.beat(noonPlusSeconds(60));

        assertThat(store.heartbeat()).contains(noonPlusSeconds(60));
        assertThat(store.pool("prober")).isEmpty();
    }
}
