package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.telemetry.Metric;
import network.cortensor.portal.usage.UsageEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer that a fallback pool of another model gives says whose it is. */
class OtherModelTest {
    private static final String OTHER = "gemma-4-e4b-it";

    private final ApiRig rig = new ApiRig();

    private CustomerAnswer ask(String path, boolean stream) {
        String prompt = switch (path) {
            case "/v1/completions" -> "\"prompt\":\"Hi\"";
            case "/v1/responses" -> "\"input\":\"Hi\"";
            default -> "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
        };
        return rig.call(Call.post(
                path, "{\"model\":\"" + Fixtures.PROMPT_ONLY + "\",\"stream\":" + stream + "," + prompt + "}"));
    }

    /** The first attempt fails, and nobody but the last one is named. */
    private void answeredBy(Optional<String> model) {
        rig.dispatcher = (job, delivery) -> {
            delivery.from(Optional.of("never-heard-of"));
            delivery.from(model);
            return ApiRig.answering(
                            new CompletionEvent.Text("Hello"),
                            new CompletionEvent.End(FinishReason.STOP, Optional.empty()))
                    .dispatch(job, delivery);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, true", "/v1/chat/completions, false",
        "/v1/completions, true", "/v1/completions, false",
        "/v1/messages, true", "/v1/messages, false",
        "/v1/responses, true", "/v1/responses, false"
    })
    void theAnswerBearsTheNameOfTheModelThatGaveIt(String path, boolean stream) {
        answeredBy(Optional.of(OTHER));
        CustomerAnswer answer = ask(path, stream);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"model\":\"" + OTHER + "\"")
                .doesNotContain("\"model\":\"" + Fixtures.PROMPT_ONLY + "\"");
    }

    @Test
    void theLogTheMetricAndTheUsageCountIt() {
        answeredBy(Optional.of(OTHER));
        ask("/v1/chat/completions", true);

        assertThat(rig.lines).singleElement().satisfies(line -> {
            assertThat(line.dimensions()).containsEntry("alias", Fixtures.PROMPT_ONLY);
            assertThat(line.keys()).containsAllEntriesOf(Map.of("served_model", OTHER, "gen_ai.response.model", OTHER));
            assertThat(line.metrics()).containsEntry(Metric.OTHER_MODEL, 1.0);
        });
        assertThat(rig.usage.rows.events())
                .extracting(UsageEvent::state)
                .singleElement()
                .isInstanceOfSatisfying(
                        UsageEvent.State.Settled.class,
                        settled -> assertThat(settled.ending().servedModel()).contains(OTHER));
    }

    @Test
    void anAnswerOfTheModelItselfSaysNothingOfOthers() {
        answeredBy(Optional.empty());
        CustomerAnswer answer = ask("/v1/chat/completions", true);

        assertThat(answer.body()).contains("\"model\":\"" + Fixtures.PROMPT_ONLY + "\"");
        assertThat(rig.lines).singleElement().satisfies(line -> {
            assertThat(line.keys()).doesNotContainKey("served_model");
            assertThat(line.metrics()).doesNotContainKey(Metric.OTHER_MODEL);
        });
    }
}
