package network.cortensor.portal.prober;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import org.junit.jupiter.api.Test;

/** In whose prompt format a target is probed. */
class TargetListTest {
    private static final Protocol SESSION = new Protocol.Cortensor(2, Protocol.SessionForm.BODY, 7);

    private final ProberFixture fixture = new ProberFixture();

    @Test
    void aPoolIsProbedInTheFormatOfTheModelThatItServesWhoeverLeadsToIt() {
        fixture.leads(PromptFormat.HARMONY, "main");
        fixture.leads(PromptFormat.GEMMA3, "other");
        pool("main", Optional.empty());
        pool("spare", Optional.of("other"));
        pool("of-nobody", Optional.of("never-heard-of"));

        assertThat(format("main")).isEqualTo(PromptFormat.HARMONY);
        assertThat(format("spare")).isEqualTo(PromptFormat.GEMMA3);
        assertThat(format("of-nobody")).isEqualTo(PromptFormat.PLAIN);
    }

    private void pool(String name, Optional<String> servesModel) {
        fixture.has(new Pool(name, State.LIVE, PoolTimes.DEFAULTS, 3, Streaming.NATIVE, servesModel));
        fixture.has(ProberFixture.target(name, URI.create("http://router.example"), SESSION, State.LIVE));
    }

    private PromptFormat format(String pool) {
        return TargetList.of(fixture.catalog(), Instant.EPOCH)
                .all()
                .filter(subject -> subject.pool().name().equals(pool))
                .findFirst()
                .orElseThrow()
                .promptFormat();
    }
}
