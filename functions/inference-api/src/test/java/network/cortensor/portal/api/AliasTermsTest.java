package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliasTermsTest {
    private static final String TOOLS = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

    private final Rig rig = new Rig();

    private Answer ask(String model, int words, String fields) {
        return rig.call(Call.post(
                "/v1/chat/completions",
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(words)
                        + "\"}]" + fields + "}"));
    }

    /** A prompt of n words has n + 5 tokens: each word, the last blank, and four for the turn. */
    @ParameterizedTest(name = "{0} words: {1} tokens")
    @CsvSource({"10, 1000", "2995, 1000", "2996, 999", "3994, 1"})
    void withoutAWishTheAnswerMayFillWhatModelAndContextAllow(int words, int maxTokens) {
        ask("gpt-oss-20b", words, "");

        assertThat(rig.jobs.getFirst().request().maxTokens()).isEqualTo(maxTokens);
    }

    @Test
    void aWishIsGranted() {
        ask("gpt-oss-20b", 10, ",\"max_tokens\":77");

        assertThat(rig.jobs.getFirst().request().maxTokens()).isEqualTo(77);
    }

    @ParameterizedTest(name = "{0} words{1}")
    @CsvSource({"3995, ''", "4500, ''", "2996, ',\"max_tokens\":1000'"})
    void whatDoesNotFitTheContextIsRefused(int words, String fields) {
        Answer answer = ask("gpt-oss-20b", words, fields);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("context_length_exceeded");
        assertThat(answer.json().at("/error/message").asText()).contains("4000");
    }

    @Test
    void toolsAreServedWhereATargetUnderstandsThem() {
        assertThat(ask("gemma-4-26b", 1, "," + TOOLS).status()).isEqualTo(200);
        assertThat(ask("gpt-oss-20b", 1, "," + TOOLS).body()).isEqualTo("""
                        {"error":{"message":"tools: is not supported by this model.","type":"invalid_request_error","param":"tools","code":null}}""");
    }
}
