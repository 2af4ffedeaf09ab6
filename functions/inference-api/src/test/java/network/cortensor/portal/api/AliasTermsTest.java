package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.api.page.Capabilities;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.SpecialTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliasTermsTest {
    private static final String TOOLS = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

    private final ApiRig rig = new ApiRig();

    private CustomerAnswer ask(String model, int words, String fields) {
        return rig.call(Call.post(
                "/v1/chat/completions",
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(words)
                        + "\"}]" + fields + "}"));
    }

    /** A prompt of n words has n + 9 tokens: each word, the last blank, five for the turn and three for the one it opens. */
    @ParameterizedTest(name = "{0} words: {1} tokens")
    @CsvSource({"10, 1000", "2991, 1000", "2992, 999", "3990, 1"})
    void withoutAWishTheAnswerMayFillWhatModelAndContextAllow(int words, int maxTokens) {
        ask("gpt-oss-20b", words, "");

        assertThat(ApiRig.asked(rig.jobs.getFirst()).maxTokens()).isEqualTo(maxTokens);
    }

    @Test
    void aWishIsGranted() {
        ask("gpt-oss-20b", 10, ",\"max_tokens\":77");

        assertThat(ApiRig.asked(rig.jobs.getFirst()).maxTokens()).isEqualTo(77);
    }

    @ParameterizedTest(name = "{0} words{1}")
    @CsvSource({"3991, ''", "4500, ''", "2992, ',\"max_tokens\":1000'"})
    void whatDoesNotFitTheContextIsRefused(int words, String fields) {
        CustomerAnswer answer = ask("gpt-oss-20b", words, fields);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("context_length_exceeded");
        assertThat(answer.json().at("/error/message").asText()).contains("4000");
    }

    /** Agents look for these words, and shorten the conversation when they find them. */
    @ParameterizedTest(name = "{0} words, max_tokens {1}")
    @CsvSource({"4500, 9, 'prompt is too long: 4504 tokens > 3999 maximum'"})
    void whatDoesNotFitIsSaidInTheWordsThatAgentsKnow(int words, int maxTokens, String anthropic) {
        String body = "{\"model\":\"gpt-oss-20b\",\"max_tokens\":" + maxTokens
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(words) + "\"}]}";

        assertThat(rig.call(Call.post("/v1/chat/completions", body))
                        .json()
                        .at("/error/message")
                        .asText())
                .contains("maximum context length is 4000 tokens");
        assertThat(rig.call(Call.post("/v1/messages", body))
                        .json()
                        .at("/error/message")
                        .asText())
                .isEqualTo(anthropic);
    }

    @ParameterizedTest(name = "{0} words, max_tokens {1}")
    @CsvSource({"10, 64000, 1000", "3500, 64000, 491", "3500, 100, 100"})
    void agentsThatAskForMoreThanAModelCanGiveGetAsMuchAsItCan(int words, int wanted, int granted) {
        String body = "{\"model\":\"gpt-oss-20b\",\"max_tokens\":" + wanted
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(words) + "\"}]}";

        assertThat(rig.call(Call.post("/v1/messages", body)).status()).isEqualTo(200);
        assertThat(ApiRig.asked(rig.jobs.getFirst()).maxTokens()).isEqualTo(granted);
    }

    @Test
    void toolsAreServedWhereATargetUnderstandsThem() {
        assertThat(ask("gemma-4-26b", 1, "," + TOOLS).status()).isEqualTo(200);
        assertThat(ask("gpt-oss-20b", 1, "," + TOOLS).body()).isEqualTo("""
            {"error":{"message":"tools: is not supported by this model; it is by 'gemma-4-26b'.","type":"invalid_request_error","param":"tools","code":null}}\
            """);
    }

    private static final Protocol SERVER = new Protocol.OpenAi("some/model");

    private static Protocol router(SpecialTokens tokens) {
        return new Protocol.Cortensor(3, Protocol.SessionForm.BODY, 7).with(new Protocol.RawText(false, tokens));
    }

    /** What a model can do depends on its format where targets take prompts only, and on what a target serves where one takes conversations. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "HARMONY, tools json reasoning, tools json reasoning, tools parallel json images reasoning",
        "QWEN3_5, tools parallel json reasoning, tools parallel json reasoning, tools parallel json images reasoning",
        "QWEN3_5_SMALL, tools parallel json reasoning, tools parallel json reasoning, tools parallel json images reasoning",
        "GEMMA4, json, tools parallel json reasoning, tools parallel json images reasoning",
        "GEMMA4_SMALL, json, tools parallel json reasoning, tools parallel json images reasoning",
        "QWEN3, json reasoning, json reasoning, tools parallel json images reasoning",
        "GEMMA3, json, json, tools parallel json images",
        "PLAIN, json, json, tools parallel json images"
    })
    void whatAModelCanDoIsWhatItsFormatAndItsTargetsCan(
            PromptFormat format, String ofPrompts, String ofKeptTokens, String withAServer) {
        Protocol stripped = router(SpecialTokens.STRIPPED);

        assertThat(words(Fixtures.served(format, stripped))).isEqualTo(ofPrompts);
        assertThat(words(Fixtures.served(format, router(SpecialTokens.KEPT)))).isEqualTo(ofKeptTokens);
        assertThat(words(Fixtures.served(format, stripped, SERVER))).isEqualTo(withAServer);
    }

    private static String words(AliasView view) {
        Capabilities can = new AliasTerms(view).capabilities();
        return Stream.of(
                        can.tools() ? "tools" : "",
                        can.parallelToolCalls() ? "parallel" : "",
                        can.json() ? "json" : "",
                        can.images() ? "images" : "",
                        can.reasoning() ? "reasoning" : "")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
