package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent.End;
import network.cortensor.portal.completion.CompletionEvent.Reasoning;
import network.cortensor.portal.completion.CompletionEvent.Text;
import network.cortensor.portal.completion.CompletionEvent.ToolCallPiece;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.dispatch.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unstreamed answers to the byte, with ids replaced by {@code ID}. */
class WholeAnswersTest {
    private static final End STOP = new End(FinishReason.STOP, Optional.empty());
    private static final String USER = "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private final ApiRig rig = new ApiRig();

    private String ask(String path, String fields) {
        CustomerAnswer answer = rig.call(Call.post(path, "{\"model\":\"gemma-4-26b\"," + fields + "}"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        return answer.body().replaceAll("(chatcmpl-|cmpl-|msg_)[0-9a-f]{32}", "$1ID");
    }

    @Test
    void aChat() {
        rig.dispatcher = ApiRig.answering(new Reasoning("Hm."), new Text("one"), new Text(" two"), STOP);

        assertThat(ask("/v1/chat/completions", USER)).isEqualTo("""
            {"id":"chatcmpl-ID","object":"chat.completion","created":1795435200,"model":"gemma-4-26b","choices":[{"index":0,\
            "message":{"role":"assistant","content":"one two","refusal":null,"reasoning_content":"Hm."},"logprobs":null,"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":9,"completion_tokens":4,"total_tokens":13}}\
            """);
    }

    @Test
    void aChatThatCallsFunctions() {
        rig.dispatcher = ApiRig.answering(
                new ToolCallPiece(0, Optional.of("c1"), Optional.of("f"), "{\"a\""),
                new ToolCallPiece(1, Optional.of("c2"), Optional.of("g"), "{}"),
                new ToolCallPiece(0, Optional.empty(), Optional.empty(), ":1}"),
                new End(FinishReason.TOOL_CALLS, Optional.of(new Usage(10, 5))));

        assertThat(ask("/v1/chat/completions", USER)).endsWith("""
            "message":{"role":"assistant","content":null,"refusal":null,"tool_calls":[\
            {"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}},\
            {"id":"c2","type":"function","function":{"name":"g","arguments":"{}"}}]},"logprobs":null,"finish_reason":"tool_calls"}],\
            "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}\
            """);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/v1/chat/completions", "/v1/messages"})
    void callsWithoutAnIdGetOneOfOurs(String path) {
        rig.dispatcher = ApiRig.answering(
                new ToolCallPiece(0, Optional.empty(), Optional.of("f"), "{"),
                new ToolCallPiece(0, Optional.empty(), Optional.empty(), "}"),
                new ToolCallPiece(1, Optional.empty(), Optional.of("f"), "{}"),
                new End(FinishReason.TOOL_CALLS, Optional.empty()));

        assertThat(ask(path, USER))
                .containsPattern("\"id\":\"call_[0-9a-f]{32}_0\"")
                .containsPattern("\"id\":\"call_[0-9a-f]{32}_1\"");
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"3, 9, stop", "9, 9, length", "12, 9, length"})
    void anAnswerThatReachesWhatWasAskedForWasCut(int said, int most, String reason) {
        rig.dispatcher = ApiRig.answering(new Text("one " + "two ".repeat(said - 1)), STOP);

        assertThat(ask("/v1/chat/completions", USER.replace("9", Integer.toString(most))))
                .contains("\"finish_reason\":\"" + reason + "\"");
    }

    @Test
    void whoReportsUsageKnowsWhyItEnded() {
        rig.dispatcher = ApiRig.answering(new Text("one"), new End(FinishReason.STOP, Optional.of(new Usage(5, 9))));

        assertThat(ask("/v1/chat/completions", USER)).contains("\"finish_reason\":\"stop\"");
    }

    @Test
    void aCompletion() {
        rig.dispatcher = ApiRig.answering(new Text("one"), new Text(" two"), STOP);

        assertThat(ask("/v1/completions", "\"prompt\":[\"hi\"]")).isEqualTo("""
            {"id":"cmpl-ID","object":"text_completion","created":1795435200,"model":"gemma-4-26b",\
            "choices":[{"text":"one two","index":0,"logprobs":null,"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}\
            """);
    }

    @Test
    void aMessage() {
        rig.dispatcher = ApiRig.answering(
                new Reasoning("Hm."),
                new Text("one two"),
                new ToolCallPiece(0, Optional.of("t1"), Optional.of("f"), "{\"a\":1}"),
                new End(FinishReason.TOOL_CALLS, Optional.of(new Usage(10, 5))));

        assertThat(ask("/v1/messages", USER)).isEqualTo("""
            {"id":"msg_ID","type":"message","role":"assistant","model":"gemma-4-26b","content":[\
            {"type":"thinking","thinking":"Hm.","signature":"unsigned"},{"type":"text","text":"one two"},\
            {"type":"tool_use","id":"t1","name":"f","input":{"a":1}}],"stop_reason":"tool_use","stop_sequence":null,\
            "usage":{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":5}}\
            """);
    }

    @Test
    void aMessageNamesTheStopSequenceThatItMet() {
        rig.dispatcher =
                ApiRig.answering(new Text("one "), new End(FinishReason.STOP, Optional.empty(), Optional.of("two")));

        assertThat(ask("/v1/messages", USER)).contains("\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"two\"");
        assertThat(ask("/v1/chat/completions", USER)).contains("\"finish_reason\":\"stop\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | {}",
                "{\"a\":1} | {\"a\":1}",
                "{\"a\" | {\"_unparsed_arguments\":\"{\\\"a\\\"\"}",
                "{} x | {\"_unparsed_arguments\":\"{} x\"}",
                "[1] | {\"_unparsed_arguments\":\"[1]\"}"
            })
    void argumentsThatAreNoObjectAreNotTakenForNone(String arguments, String input) {
        rig.dispatcher = ApiRig.answering(
                new ToolCallPiece(0, Optional.of("t1"), Optional.of("f"), arguments),
                new End(FinishReason.LENGTH, Optional.empty()));

        assertThat(ask("/v1/messages", USER)).contains("\"name\":\"f\",\"input\":" + input + "}");
    }

    @Test
    void aRequestForJsonSaysWhatItsAnswerMustBe() {
        String schema = "{\"type\":\"object\",\"required\":[\"a\"]}";

        ask("/v1/chat/completions", USER + ",\"response_format\":{\"type\":\"json_object\"}");
        ask(
                "/v1/messages",
                USER + ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":" + schema + "}}");
        ask(
                "/v1/responses",
                "\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":" + schema
                        + "}}");
        ask("/v1/chat/completions", USER);

        assertThat(rig.jobs).map(job -> job.form().fits("{\"a\":1}")).containsExactly(true, true, true, true);
        assertThat(rig.jobs).map(job -> job.form().fits("{}")).containsExactly(true, false, false, true);
        assertThat(rig.jobs).map(job -> job.form().fits("Sure!")).containsExactly(false, false, false, true);
    }

    @Test
    void anAnswerThatMissedItsFormIsTheModelsFailureAndWorthAnotherTry() {
        rig.dispatcher = ApiRig.refusing(new Refusal.FormMissed());

        CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", "{\"model\":\"gemma-4-26b\"," + USER + "}"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("x-should-retry")).isEqualTo("true");
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("upstream_error");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/v1/chat/completions", "/v1/messages"})
    void nothingOfABrokenAnswerIsSent(String path) {
        rig.dispatcher = ApiRig.refusing(new Refusal.BrokenOff(), new Text("Hel"));

        CustomerAnswer answer = rig.call(Call.post(path, "{\"model\":\"gemma-4-26b\"," + USER + "}"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).doesNotContain("Hel");
    }
}
