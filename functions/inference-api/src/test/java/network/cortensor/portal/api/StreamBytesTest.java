package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionEvent.End;
import network.cortensor.portal.completion.CompletionEvent.Reasoning;
import network.cortensor.portal.completion.CompletionEvent.Text;
import network.cortensor.portal.completion.CompletionEvent.ToolCallPiece;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.dispatch.Outcome;
import network.cortensor.portal.dispatch.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams to the byte, with ids replaced by {@code ID}. 1795435200 is the fixture's time of receipt. */
class StreamBytesTest {
    private static final End STOP = new End(FinishReason.STOP, Optional.empty());
    private static final String USER = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private final ApiRig rig = new ApiRig();

    private CustomerAnswer stream(String path, String fields) {
        CustomerAnswer answer = rig.call(Call.post(path, "{\"model\":\"gemma-4-26b\",\"stream\":true," + fields + "}"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
        return new CustomerAnswer(
                answer.status(),
                answer.headers(),
                answer.body().replaceAll("(chatcmpl-|cmpl-|msg_)[0-9a-f]{32}", "$1ID"));
    }

    @Test
    void aChat() {
        rig.dispatcher = ApiRig.answering(new Reasoning("Hm."), new Text("Grüße\n\"🐦\""), new Text(" you"), STOP);

        assertThat(stream("/v1/chat/completions", USER).body()).isEqualTo("""
            data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1795435200,"model":"gemma-4-26b","choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"Hm."},"finish_reason":null}]}

            data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1795435200,"model":"gemma-4-26b","choices":[{"index":0,"delta":{"content":"Grüße\\n\\"🐦\\""},"finish_reason":null}]}

            data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1795435200,"model":"gemma-4-26b","choices":[{"index":0,"delta":{"content":" you"},"finish_reason":null}]}

            data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1795435200,"model":"gemma-4-26b","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """);
    }

    @Test
    void aChatWithUsage() {
        rig.dispatcher = ApiRig.answering(new Text("one two three"), new End(FinishReason.LENGTH, Optional.empty()));

        assertThat(stream("/v1/chat/completions", USER + ",\"stream_options\":{\"include_usage\":true}")
                        .body())
                .isEqualTo("""
                    data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1795435200,"model":"gemma-4-26b","choices":[{"index":0,"delta":{"role":"assistant","content":"one two three"},"finish_reason":null}],"usage":null}

                    data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1795435200,"model":"gemma-4-26b","choices":[{"index":0,"delta":{},"finish_reason":"length"}],"usage":null}

                    data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1795435200,"model":"gemma-4-26b","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}

                    data: [DONE]

                    """);
    }

    @Test
    void aChatThatCallsFunctions() {
        rig.dispatcher = ApiRig.answering(
                new ToolCallPiece(0, Optional.of("c1"), Optional.of("f"), ""),
                new ToolCallPiece(0, Optional.empty(), Optional.empty(), "{\"a\""),
                new ToolCallPiece(0, Optional.empty(), Optional.empty(), ":1}"),
                new End(FinishReason.TOOL_CALLS, Optional.empty()));

        assertThat(stream("/v1/chat/completions", USER).body().lines().filter(line -> !line.isEmpty()))
                .map(line -> line.replaceFirst("data: .*\"choices\":", ""))
                .containsExactly("""
                    [{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":""}}]},"finish_reason":null}]}\
                    """, """
                    [{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"a\\""}}]},"finish_reason":null}]}\
                    """, """
                    [{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]},"finish_reason":null}]}\
                    """, """
                    [{"index":0,"delta":{},"finish_reason":"tool_calls"}]}\
                    """, "data: [DONE]");
    }

    @Test
    void aChatThatWaitsLong() {
        rig.dispatcher = (job, delivery) -> {
            delivery.keepAlive();
            delivery.keepAlive();
            return ApiRig.answering(new Text("hi"), STOP).dispatch(job, delivery);
        };

        assertThat(stream("/v1/chat/completions", USER).body())
                .startsWith(": keep-alive\n\n: keep-alive\n\ndata: {\"id\"");
    }

    @Test
    void aChatThatWaitsLongForNothing() {
        rig.dispatcher = (job, delivery) -> {
            delivery.keepAlive();
            return new Outcome.Unanswered(new Refusal.TimedOut(), ApiRig.EFFORT);
        };

        assertThat(stream("/v1/chat/completions", USER).body()).isEqualTo("""
            : keep-alive

            data: {"error":{"message":"The model did not answer in time.","type":"server_error","param":null,"code":"upstream_timeout"}}

            """);
    }

    @Test
    void aChatThatBreaksOff() {
        rig.dispatcher = ApiRig.refusing(new Refusal.BrokenOff(), new Text("Hel"));

        assertThat(stream("/v1/chat/completions", USER).body()).isEqualTo("""
            data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1795435200,"model":"gemma-4-26b","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]}

            data: {"error":{"message":"The answer broke off before its end.","type":"server_error","param":null,"code":"upstream_error"}}

            """);
    }

    @Test
    void aCompletion() {
        rig.dispatcher = ApiRig.answering(new Text("one"), new Text(" two"), STOP);

        assertThat(stream("/v1/completions", "\"prompt\":\"hi\",\"stream_options\":{\"include_usage\":true}")
                        .body())
                .isEqualTo("""
                    data: {"id":"cmpl-ID","object":"text_completion","created":1795435200,"model":"gemma-4-26b","choices":[{"text":"one","index":0,"logprobs":null,"finish_reason":null}],"usage":null}

                    data: {"id":"cmpl-ID","object":"text_completion","created":1795435200,"model":"gemma-4-26b","choices":[{"text":" two","index":0,"logprobs":null,"finish_reason":null}],"usage":null}

                    data: {"id":"cmpl-ID","object":"text_completion","created":1795435200,"model":"gemma-4-26b","choices":[{"text":"","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":null}

                    data: {"id":"cmpl-ID","object":"text_completion","created":1795435200,"model":"gemma-4-26b","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}

                    data: [DONE]

                    """);
    }

    @Test
    void aMessage() {
        rig.dispatcher =
                ApiRig.answering(new Reasoning("Hm"), new Reasoning("."), new Text("one"), new Text(" two"), STOP);

        assertThat(stream("/v1/messages", "\"max_tokens\":9," + USER).body()).isEqualTo("""
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_ID","type":"message","role":"assistant","model":"gemma-4-26b","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"."}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"unsigned"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"one"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":" two"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":9,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":4}}

            event: message_stop
            data: {"type":"message_stop"}

            """);
    }

    @Test
    void aMessageThatUsesTools() {
        rig.dispatcher = ApiRig.answering(
                new Text("so"),
                new ToolCallPiece(0, Optional.of("t1"), Optional.of("f"), "{\"a\""),
                new ToolCallPiece(0, Optional.empty(), Optional.empty(), ":1}"),
                new ToolCallPiece(1, Optional.of("t2"), Optional.of("g"), "{}"),
                new End(FinishReason.TOOL_CALLS, Optional.empty()));

        assertThat(stream("/v1/messages", "\"max_tokens\":9," + USER)
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("data:")))
                .map(line -> line.replaceFirst("data: ", ""))
                .contains("""
                    {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t1","name":"f","input":{}}}\
                    """, """
                    {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\""}}\
                    """, """
                    {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":":1}"}}\
                    """, """
                    {"type":"content_block_stop","index":1}\
                    """, """
                    {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t2","name":"g","input":{}}}\
                    """)
                .element(11)
                .asString()
                .contains("\"stop_reason\":\"tool_use\"");
    }

    @Test
    void aMessageThatWaitsLong() {
        rig.dispatcher = (job, delivery) -> {
            delivery.keepAlive();
            delivery.keepAlive();
            return new Outcome.Unanswered(new Refusal.AttemptsFailed(), ApiRig.EFFORT);
        };

        assertThat(stream("/v1/messages", "\"max_tokens\":9," + USER).body()).isEqualTo("""
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_ID","type":"message","role":"assistant","model":"gemma-4-26b","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}

            event: ping
            data: {"type":"ping"}

            event: ping
            data: {"type":"ping"}

            event: error
            data: {"type":"error","error":{"type":"api_error","message":"The model did not answer."}}

            """);
    }

    @Test
    void aMessageNamesTheStopSequenceThatItMet() {
        rig.dispatcher =
                ApiRig.answering(new Text("one "), new End(FinishReason.STOP, Optional.empty(), Optional.of("two")));

        assertThat(stream("/v1/messages", "\"max_tokens\":9,\"stop_sequences\":[\"two\"]," + USER)
                        .body())
                .contains("\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"two\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"STOP, end_turn", "LENGTH, max_tokens", "TOOL_CALLS, tool_use", "CONTENT_FILTER, refusal"})
    void aMessageSaysWhyItEnded(FinishReason reason, String word) {
        rig.dispatcher = ApiRig.answering(new Text("hi"), new End(reason, Optional.empty()));

        assertThat(stream("/v1/messages", "\"max_tokens\":9," + USER).body())
                .contains("\"stop_reason\":\"" + word + "\"")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void usageThatTheModelsOwnServerReportsIsTakenAndNoEventContradictsAnEarlierOne() {
        rig.dispatcher = ApiRig.answering(new Text("hi"), new End(FinishReason.STOP, Optional.of(new Usage(100, 50))));

        assertThat(stream("/v1/messages", "\"max_tokens\":90," + USER).body())
                .contains(
                        "\"usage\":{\"input_tokens\":9,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":50}");
        assertThat(stream("/v1/chat/completions", USER + ",\"stream_options\":{\"include_usage\":true}")
                        .body())
                .contains("\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":150}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/v1/chat/completions", "/v1/messages"})
    void anErrorAfterTheEndChangesNothing(String path) {
        CompletionEvent[] whole = {new Text("hi"), STOP};
        rig.dispatcher = ApiRig.answering(whole);
        String good = stream(path, "\"max_tokens\":9," + USER).body();

        rig.dispatcher = ApiRig.breaking(new IllegalStateException("slot"), whole);

        assertThat(stream(path, "\"max_tokens\":9," + USER).body()).isEqualTo(good);
        assertThat(rig.lines.getLast().keys()).containsEntry("outcome", "server_error");
    }
}
