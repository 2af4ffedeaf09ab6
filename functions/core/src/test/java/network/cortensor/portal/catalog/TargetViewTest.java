package network.cortensor.portal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Protocol.Cortensor;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.model.Protocol.SessionForm;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetViewTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest(name = "its item says {0}, a probe saw {1}: {2}")
    @CsvSource({
        "UNKNOWN,  UNKNOWN,  UNKNOWN",
        "UNKNOWN,  KEPT,     KEPT",
        "UNKNOWN,  STRIPPED, STRIPPED",
        "KEPT,     STRIPPED, KEPT",
        "KEPT,     UNKNOWN,  KEPT",
        "STRIPPED, KEPT,     STRIPPED"
    })
    void whatAnItemSaysOfSpecialTokensWinsOverWhatAProbeSaw(
            SpecialTokens said, SpecialTokens seen, SpecialTokens expected) {
        RawText rawText = new RawText(true, said);
        TargetView view = view(new Cortensor(2, SessionForm.BODY, 168, rawText), seen);

        assertThat(view.target().protocol())
                .isEqualTo(new Cortensor(2, SessionForm.BODY, 168, new RawText(true, expected)));
        assertThat(Feature.SPECIAL_TOKENS.servedBy(view.target().protocol())).isEqualTo(expected == SpecialTokens.KEPT);
    }

    @Test
    void aServerThatWritesPromptsItselfIsWhatItsItemSays() {
        Protocol openAi = new Protocol.OpenAi("some-model");

        assertThat(view(openAi, SpecialTokens.KEPT).target().protocol()).isEqualTo(openAi);
    }

    private static TargetView view(Protocol protocol, SpecialTokens seen) {
        Target target = new Target(
                new TargetId("gemma4", "a-168"),
                URI.create("http://r1:5010"),
                protocol,
                Capacity.ONE,
                1,
                State.LIVE,
                Optional.empty());
        TargetHealth health = HealthFold.fold(
                TargetHealth.none(target.session()), new Observation.ProbePassed(Duration.ofSeconds(1), seen), NOON);
        return TargetView.of(target, new PoolHealth(Map.of("a-168", health), Optional.of(NOON)), NOON);
    }
}
