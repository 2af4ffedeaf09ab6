package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How much of everything a request may have: up to the bound it is taken, beyond it refused by the name of what is too much. */
class BoundsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String USER = "{\"role\":\"user\",\"content\":\"hi\"}";
    private static final String TEXT = "{\"type\":\"text\",\"text\":\"hi\"}";
    private static final String CALL =
            "{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}";
    private static final String TOOL = "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}";

    private final ApiRig rig = new ApiRig();

    static Stream<Arguments> counted() {
        return Stream.of(
                Arguments.of("messages", CHAT, "\"messages\":[%s]", USER, 2_048, "messages"),
                Arguments.of(
                        "parts of a message",
                        CHAT,
                        "\"messages\":[{\"role\":\"user\",\"content\":[%s]}]",
                        TEXT,
                        1_024,
                        "messages[0].content"),
                Arguments.of(
                        "calls of a message",
                        CHAT,
                        "\"messages\":[" + USER + ",{\"role\":\"assistant\",\"tool_calls\":[%s]}]",
                        CALL,
                        128,
                        "messages[1].tool_calls"),
                Arguments.of("tools", CHAT, "\"messages\":[" + USER + "],\"tools\":[%s]", TOOL, 128, "tools"),
                Arguments.of("stop", CHAT, "\"messages\":[" + USER + "],\"stop\":[%s]", "\"x\"", 4, "stop"),
                Arguments.of("turns", MESSAGES, "\"max_tokens\":5,\"messages\":[%s]", USER, 2_048, "messages"),
                Arguments.of(
                        "blocks of a turn",
                        MESSAGES,
                        "\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[%s]}]",
                        TEXT,
                        1_024,
                        "messages[0].content"),
                Arguments.of(
                        "blocks of the system",
                        MESSAGES,
                        "\"max_tokens\":5,\"system\":[%s],\"messages\":[" + USER + "]",
                        TEXT,
                        1_024,
                        "system"),
                Arguments.of(
                        "tools in Anthropic's form",
                        MESSAGES,
                        "\"max_tokens\":5,\"messages\":[" + USER + "],\"tools\":[%s]",
                        "{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}",
                        128,
                        "tools"),
                Arguments.of(
                        "stop sequences",
                        MESSAGES,
                        "\"max_tokens\":5,\"messages\":[" + USER + "],\"stop_sequences\":[%s]",
                        "\"x\"",
                        32,
                        "stop_sequences"),
                Arguments.of("prompts", "/v1/completions", "\"prompt\":[%s]", "\"hi\"", 1, "prompt"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("counted")
    void whatIsTooMuchIsRefusedByName(String name, String path, String fields, String one, int most, String param) {
        // Thousands of messages are longer than the fixture's context, which is another matter.
        assertThat(call(path, fields, one, most).body()).doesNotContain("items.");

        CustomerAnswer answer = call(path, fields, one, most + 1);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(answer.json().at("/error/message").asText())
                .isEqualTo(param + ": must not have more than " + most + " items.");
        if (!path.equals(MESSAGES)) {
            assertThat(answer.json().at("/error/param").asText()).isEqualTo(param);
        }
        assertThat(rig.jobs).hasSizeLessThanOrEqualTo(1);
    }

    private CustomerAnswer call(String path, String fields, String one, int times) {
        String many = String.join(",", Collections.nCopies(times, one));
        return rig.call(Call.post(path, "{\"model\":\"gemma-4-26b\"," + fields.formatted(many) + "}"));
    }

    @ParameterizedTest
    @CsvSource({"1000, 200", "1001, 400"})
    void aStopTextHasABound(int length, int status) throws Exception {
        String stop = "x".repeat(length);
        String chat = "{\"model\":\"gpt-oss-20b\",\"messages\":[" + USER + "],\"stop\":[\"" + stop + "\"]}";
        String message = "{\"model\":\"gpt-oss-20b\",\"max_tokens\":5,\"messages\":[" + USER
                + "],\"stop_sequences\":[\"" + stop + "\"]}";

        assertThat(rig.call(Call.post(CHAT, chat)).status()).isEqualTo(status);
        assertThat(rig.call(Call.post(MESSAGES, message)).status()).isEqualTo(status);
    }
}
