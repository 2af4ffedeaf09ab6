package network.cortensor.portal.health;

import static network.cortensor.portal.health.HealthExample.ALIVE;
import static network.cortensor.portal.health.HealthExample.DOWN;
import static network.cortensor.portal.health.HealthExample.FAILED;
import static network.cortensor.portal.health.HealthExample.NOON;
import static network.cortensor.portal.health.HealthExample.SERVED;
import static network.cortensor.portal.health.HealthExample.TARGET;
import static network.cortensor.portal.health.HealthExample.after;
import static network.cortensor.portal.health.HealthExample.noonPlusSeconds;
import static network.cortensor.portal.health.HealthExample.nothingKnown;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.health.Learning.Learned;
import network.cortensor.portal.health.Learning.Learned.Outcome;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import org.junit.jupiter.api.Test;

class LearningTest {
    private final OneRow store = new OneRow();
    private final Learning learning = new Learning(store);

    @Test
    void whatIsSeenFirstIsWritten() throws Exception {
        Learned learned = learning.fromTraffic(TARGET, SERVED, NOON);

        assertThat(learned.outcome()).isEqualTo(Outcome.WRITTEN);
        assertThat(store.find(TARGET.id())).contains(learned.health());
        assertThat(learned.health().version()).isEqualTo(1);
    }

    @Test
    void aSuccessSoonAfterAnotherCostsNoWrite() throws Exception {
        learning.fromTraffic(TARGET, SERVED, NOON);

        assertThat(learning.fromTraffic(TARGET, SERVED, noonPlusSeconds(5)).outcome())
                .isEqualTo(Outcome.NOTHING_NEW);
        assertThat(store.find(TARGET.id()).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void aQuietTickWritesNothing() throws Exception {
        Learned first = learning.fromProbe(TARGET, nothingKnown(), ALIVE, NOON);

        assertThat(learning.fromProbe(TARGET, first.health(), ALIVE, noonPlusSeconds(60))
                        .outcome())
                .isEqualTo(Outcome.NOTHING_NEW);
    }

    @Test
    void whatOthersWroteInBetweenIsNotUndone() throws Exception {
        TargetHealth asTheTickBegan = nothingKnown();
        learning.fromTraffic(TARGET, FAILED, NOON);
        learning.fromTraffic(TARGET, FAILED, NOON);

        Learned learned = learning.fromProbe(TARGET, asTheTickBegan, DOWN, noonPlusSeconds(1));

        assertThat(learned.health().failuresInRow()).isEqualTo(3);
        assertThat(learned.health().standing(noonPlusSeconds(1))).isEqualTo(Standing.EJECTED);
        assertThat(store.find(TARGET.id())).contains(learned.health());
    }

    @Test
    void whoAlwaysLosesGivesUp() throws Exception {
        AlwaysFaster others = new AlwaysFaster();

        assertThat(new Learning(others).fromTraffic(TARGET, FAILED, NOON).outcome())
                .isEqualTo(Outcome.OUTRUN);
        assertThat(others.tries).isEqualTo(5);
    }

    @Test
    void aTargetThatWasPointedAtAnotherSessionStartsAnew() throws Exception {
        store.write(TARGET.id(), after(nothingKnown(), NOON, FAILED, FAILED, FAILED));
        Target moved = new Target(
                TARGET.id(),
                URI.create("http://r7:5010"),
                TARGET.protocol(),
                TARGET.capacity(),
                10,
                TARGET.state(),
                Optional.empty());

        Learned learned = learning.fromTraffic(moved, FAILED, NOON);

        assertThat(learned.outcome()).isEqualTo(Outcome.WRITTEN);
        assertThat(learned.health().failuresInRow()).isEqualTo(1);
        assertThat(learned.health().session()).isEqualTo(moved.session());
        assertThat(learned.health().version()).isEqualTo(2);
    }

    /** Somebody writes before every write of ours. */
    private static final class AlwaysFaster extends OneRow {
        private int tries;

        @Override
        public boolean write(TargetId target, TargetHealth health) {
            tries++;
            super.write(target, find(target).orElseGet(HealthExample::nothingKnown));
            return super.write(target, health);
        }
    }

    /** A store for the evidence of one target. */
    private static class OneRow implements HealthStore {
        private Optional<TargetHealth> row = Optional.empty();

        @Override
        public Optional<TargetHealth> find(TargetId target) {
            return row;
        }

        @Override
        public boolean write(TargetId target, TargetHealth health) {
            if (row.map(TargetHealth::version).orElse(0L) != health.version()) {
                return false;
            }
            row = Optional.of(health.written());
            return true;
        }

        @Override
        public Map<String, TargetHealth> pool(String pool) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Instant> heartbeat() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void beat(Instant finished) {
            throw new UnsupportedOperationException();
        }
    }
}
