package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.api.fields.FieldRule;
import network.cortensor.portal.api.fields.FieldTable;
import network.cortensor.portal.api.fields.FieldVerdict;
import network.cortensor.portal.model.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of the table of fields, at every endpoint that it is about: what it says is done, and described. */
class FieldTableTest {
    /** One of them asks for something, whatever the field. */
    private static final List<JsonNode> VALUES = Description.json("[true, 7, \"x\", [\"x\"], {\"type\": \"x\"}]")
            .valueStream()
            .toList();

    private final ApiRig rig = new ApiRig();

    static Stream<Arguments> lines() {
        return FieldTable.rows().stream()
                .flatMap(rule -> rule.endpoints().stream().map(endpoint -> Arguments.of(rule.field(), endpoint, rule)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("lines")
    void aFieldIsServedRefusedOrHarmless(String field, Endpoint endpoint, FieldRule rule) {
        JsonNode described = described(endpoint, field);
        switch (rule.verdict()) {
            case FieldVerdict.Served ignored ->
                assertThat(described.path("description").asText()).doesNotContain("Not served", "ignored");
            case FieldVerdict.Ignored ignored -> {
                assertThat(described.path("description").asText()).startsWith("Taken and ignored.");
                VALUES.forEach(value ->
                        assertThat(ask(endpoint, field, value).status()).isEqualTo(200));
            }
            case FieldVerdict.Refused ignored -> {
                assertThat(VALUES).map(value -> ask(endpoint, field, value)).allSatisfy(answer -> {
                    if (answer.status() != 200) {
                        assertThat(answer.status()).isIn(400, 404);
                        assertThat(answer.header("x-should-retry")).isEqualTo("false");
                        assertThat(answer.json().at("/error/message").asText()).startsWith(field + ": ");
                    }
                });
                assertThat(VALUES.stream()
                                .filter(value -> ask(endpoint, field, value).status() != 200))
                        .hasSizeGreaterThanOrEqualTo(VALUES.size() - 1);
                assertThat(ask(endpoint, field, JsonNodeFactory.instance.nullNode())
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void noFieldIsDecidedTwice() {
        assertThat(lines().map(line -> line.get()[0] + " of " + line.get()[1])).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"create, 400, thread_unsupported_request", "continue, 404, thread_not_found"})
    void threadsAreRefusedInTheWordsAfterWhichAnthropicsClientsSendTheWholeConversation(
            String type, int status, String code) {
        CustomerAnswer answer = ask(
                Endpoint.MESSAGES,
                "thread",
                Description.json("{\"type\":\"" + type + "\",\"previous_message_id\":\"msg_1\"}"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().at("/error/details/error_code").asText()).isEqualTo(code);
        assertThat(answer.json().at("/error/details/unsupported").size()).isEqualTo(status == 400 ? 1 : 0);
    }

    private static JsonNode described(Endpoint endpoint, String field) {
        String schema = Map.of(
                        Endpoint.CHAT, "ChatCompletionRequest",
                        Endpoint.COMPLETIONS, "CompletionRequest",
                        Endpoint.MESSAGES, "MessageInput",
                        Endpoint.RESPONSES, "ResponseRequest")
                .get(endpoint);
        JsonNode described = Description.served()
                .document()
                .at("/components/schemas/" + schema + "/properties")
                .path(field);
        assertThat(described.isMissingNode()).isFalse();
        return described;
    }

    private CustomerAnswer ask(Endpoint endpoint, String field, JsonNode value) {
        ObjectNode body = (ObjectNode) Description.json(
                switch (endpoint) {
                    case COMPLETIONS -> "{\"model\":\"gemma-4-26b\",\"prompt\":\"hi\"}";
                    case RESPONSES -> "{\"model\":\"gemma-4-26b\",\"input\":\"hi\"}";
                    case CHAT, MESSAGES ->
                        "{\"model\":\"gemma-4-26b\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
                });
        body.set(field, value);
        return rig.call(Call.post(endpoint.path(), body.toString()));
    }
}
