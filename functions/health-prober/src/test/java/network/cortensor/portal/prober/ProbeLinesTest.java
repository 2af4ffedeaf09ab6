package network.cortensor.portal.prober;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.RouterSight;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.Test;

class ProbeLinesTest {
    private static final Subject SUBJECT = new Subject(
            new Pool("oss-20b", State.LIVE, PoolTimes.DEFAULTS, Pool.DEFAULT_MAX_ATTEMPTS, Streaming.NATIVE),
            ProberFixture.target("oss-20b", URI.create("https://router.example"), 1, State.LIVE),
            PromptFormat.PLAIN);

    private final List<Line> lines = new ArrayList<>();
    private final ProbeLines journal = new ProbeLines(lines::add);

    @Test
    void aRouterWhoseCredentialIsMissingIsCountedAtEachLook() {
        journal.looked(SUBJECT, new RouterSight.Unreadable(RouterSight.NO_CREDENTIAL), Liveness.UNREADABLE);

        assertThat(lines.getFirst().metrics()).containsEntry(Metric.MISSING_CREDENTIALS, 1.0);
    }

    @Test
    void aLookThatLackedNoCredentialSaysSo() {
        journal.looked(SUBJECT, new RouterSight.Seen(OptionalInt.empty(), Optional.empty()), Liveness.ALIVE);
        journal.looked(SUBJECT, new RouterSight.Unreadable("status_401"), Liveness.UNREADABLE);
        journal.looked(SUBJECT, new RouterSight.Silent("connect"), Liveness.ROUTER_DOWN);

        assertThat(lines).allSatisfy(line -> assertThat(line.metrics()).containsEntry(Metric.MISSING_CREDENTIALS, 0.0));
    }
}
