package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent.End;
import network.cortensor.portal.completion.CompletionEvent.Text;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.dispatch.Dispatcher;
import network.cortensor.portal.dispatch.Job;
import network.cortensor.portal.dispatch.Outcome;
import network.cortensor.portal.dispatch.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code models}: the first that answers does. */
class ModelsInTurnTest {
    private static final Dispatcher GOOD =
            ApiRig.answering(new Text("Hello"), new End(FinishReason.STOP, Optional.empty()));

    private final ApiRig rig = new ApiRig();

    private CustomerAnswer ask(String fields) {
        return rig.call(Call.post(
                "/v1/chat/completions", "{" + fields + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
    }

    /** Each model by its own dispatcher; the others answer well. */
    private void failing(Map<String, Refusal> refusals) {
        rig.dispatcher = (job, delivery) -> {
            Refusal refusal = refusals.get(job.alias());
            return refusal == null ? GOOD.dispatch(job, delivery) : new Outcome.Unanswered(refusal, ApiRig.EFFORT);
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"models\":[\"gpt-oss-20b\",\"gemma-4-26b\"] | gpt-oss-20b",
                "\"model\":\"gemma-4-26b\",\"models\":[\"gpt-oss-20b\"] | gemma-4-26b",
                "\"model\":\"gemma-4-26b\",\"models\":[] | gemma-4-26b",
                "\"models\":[\"nowhere\",\"gpt-oss-20b\"] | gpt-oss-20b",
                "\"models\":[\"old-model\",\"messages-only\",\"gpt-oss-20b\"] | gpt-oss-20b",
                "\"models\":[\"gpt-oss-20b\",\"gemma-4-26b\"],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"
                        + " | gemma-4-26b"
            })
    void theFirstThatServesTheRequestIsAsked(String fields, String answered) {
        CustomerAnswer answer = ask(fields);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("model").asText()).isEqualTo(answered);
        assertThat(rig.jobs).map(Job::alias).containsExactly(answered);
    }

    @Test
    void theNextIsTriedAfterOneThatDoesNotAnswerAndTheRequestCountsOnceForTheModelThatDid() {
        failing(Map.of("gpt-oss-20b", new Refusal.AllBusy(Duration.ofSeconds(7))));

        CustomerAnswer answer = ask("\"models\":[\"gpt-oss-20b\",\"gemma-4-26b\"],\"max_tokens\":20");

        assertThat(answer.json().path("model").asText()).isEqualTo("gemma-4-26b");
        assertThat(rig.jobs).map(Job::alias).containsExactly("gpt-oss-20b", "gemma-4-26b");
        assertThat(rig.usage.rows.events()).singleElement().satisfies(event -> {
            assertThat(event.account().alias()).isEqualTo("gemma-4-26b");
            assertThat(event.tokens().completion()).isEqualTo(1);
        });
    }

    @Test
    void ofSeveralFailuresTheFirstIsTold() {
        failing(Map.of(
                "gpt-oss-20b", new Refusal.AllBusy(Duration.ofSeconds(7)), "gemma-4-26b", new Refusal.NoRouteOpen()));

        CustomerAnswer answer = ask("\"models\":[\"nowhere\",\"gpt-oss-20b\",\"gemma-4-26b\"]");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("model_overloaded");
    }

    @Test
    void noOtherModelGoesOnWithWhatOneHasBegun() {
        rig.dispatcher = ApiRig.refusing(new Refusal.BrokenOff(), new Text("Hel"));

        CustomerAnswer answer = ask("\"models\":[\"gpt-oss-20b\",\"gemma-4-26b\"],\"stream\":true");

        assertThat(rig.jobs).map(Job::alias).containsExactly("gpt-oss-20b");
        assertThat(answer.body()).contains("Hel").contains("upstream_error");
    }

    @Test
    void aModelThatTheKeyMayNotUseIsNone() {
        CustomerAnswer answer = ask("\"models\":[\"nowhere\",\"nothing\"]");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("model_not_found");
    }
}
