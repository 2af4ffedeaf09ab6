package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.dispatch.ModelRequests;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.telemetry.Metric;
import network.cortensor.portal.tokens.PromptTokens;
import network.cortensor.portal.tokens.TokenCounter;
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
            delivery.from(served(Optional.of("never-heard-of")));
            delivery.from(served(model));
            return ApiRig.answering(
                            new CompletionEvent.Text("Hello"),
                            new CompletionEvent.End(FinishReason.STOP, Optional.empty()))
                    .dispatch(job, delivery);
        };
    }

    private static ServedModel served(Optional<String> name) {
        return new ServedModel(Fixtures.named(name.orElse(Fixtures.PROMPT_ONLY)), name);
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

    /** What a model is asked that has such a format, context and longest answer, where the customer's own has others. */
    private CompletionRequest asked(String more, PromptFormat format, int context, int longest) {
        return requests(more).of(otherModel(format, context, longest));
    }

    private ModelRequests requests(String more) {
        return requests(Fixtures.PROMPT_ONLY, more);
    }

    private ModelRequests requests(String model, String more) {
        rig.call(Call.post(
                "/v1/chat/completions",
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + more + "}"));
        return rig.jobs.getLast().requests();
    }

    private static ServedModel otherModel(PromptFormat format, int context, int longest) {
        return new ServedModel(Fixtures.alias(OTHER, format, context, longest), Optional.of(OTHER));
    }

    @Test
    void anotherModelIsAskedInItsOwnFormatAndForNoMoreThanItCanGive() {
        assertThat(asked("", PromptFormat.GEMMA3, 1_000, 50)).satisfies(request -> {
            assertThat(request.promptFormat()).isEqualTo(PromptFormat.GEMMA3);
            assertThat(request.maxTokens()).isEqualTo(50);
        });
        assertThat(asked(",\"max_tokens\":7", PromptFormat.GEMMA3, 1_000, 50).maxTokens())
                .isEqualTo(7);
        assertThat(asked("", PromptFormat.GEMMA3, 40, 50).maxTokens()).isBetween(1, 39);
    }

    @Test
    void ofAModelWithMoreRoomNoMoreIsAskedThanWasLetIn() {
        assertThat(asked("", PromptFormat.HARMONY, 100_000, 90_000).maxTokens()).isEqualTo(Fixtures.MAX_OUTPUT);
    }

    @Test
    void aModelThatThePromptDoesNotFitIntoServesNoTargetOfIt() {
        ModelRequests requests = requests("");

        assertThat(requests.needs(otherModel(PromptFormat.GEMMA3, 5, 50))).isEmpty();
        assertThat(requests.needs(otherModel(PromptFormat.GEMMA3, 500, 50))).contains(Set.of());
    }

    /** Where its own format has no words for functions, only a server that has its own can be asked. */
    @Test
    void whatATargetMustServeGoesByTheModelThatItServes() {
        ModelRequests requests =
                requests(Fixtures.WITH_TOOLS, ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]");

        assertThat(requests.needs(otherModel(PromptFormat.GEMMA3, 9_000, 50))).contains(Set.of(Feature.TOOLS));
        assertThat(requests.needs(otherModel(PromptFormat.GEMMA4, 9_000, 50))).contains(Set.of(Feature.SPECIAL_TOKENS));
        assertThat(requests.needs(otherModel(PromptFormat.HARMONY, 9_000, 50))).contains(Set.of());
    }

    @Test
    void tokensAreCountedAsTheModelCountsThatAnswers() {
        ServedModel other = otherModel(PromptFormat.QWEN3, 1_000, 50);
        rig.dispatcher = (job, delivery) -> {
            delivery.from(other);
            return ApiRig.answering(
                            new CompletionEvent.Text("1234567890 1234567890"),
                            new CompletionEvent.End(FinishReason.STOP, Optional.empty()))
                    .dispatch(job, delivery);
        };
        CustomerAnswer answer = ask("/v1/chat/completions", false);

        assertThat(answer.json().at("/usage/completion_tokens").asLong())
                .isEqualTo(new TokenCounter().of(PromptFormat.QWEN3).count("1234567890 1234567890"))
                .isGreaterThan(new TokenCounter().count("1234567890 1234567890"));
        assertThat(answer.json().at("/usage/prompt_tokens").asLong())
                .isEqualTo(new PromptTokens(new TokenCounter())
                        .of(rig.jobs.getLast().requests().of(other)));
    }

    /** Some servers call every end a stop. */
    @Test
    void anAnswerAsLongAsTheOtherModelWasAskedForIsToldToBeCut() {
        rig.dispatcher = (job, delivery) -> {
            delivery.from(otherModel(PromptFormat.HARMONY, 1_000, 2));
            return ApiRig.answering(
                            new CompletionEvent.Text("one two three"),
                            new CompletionEvent.End(FinishReason.STOP, Optional.empty()))
                    .dispatch(job, delivery);
        };

        assertThat(ask("/v1/chat/completions", false)
                        .json()
                        .at("/choices/0/finish_reason")
                        .asText())
                .isEqualTo("length");
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
