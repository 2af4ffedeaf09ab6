package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionEvent.End;
import network.cortensor.portal.completion.CompletionEvent.Reasoning;
import network.cortensor.portal.completion.CompletionEvent.Text;
import network.cortensor.portal.completion.CompletionEvent.ToolCallPiece;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.dispatch.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/responses}: the events of a stream, and the response that they and a whole answer end with. */
class ResponsesTest {
    private static final End STOP = new End(FinishReason.STOP, Optional.of(new Usage(5, 4)));
    private static final CompletionEvent[] ALL = {
        new Reasoning("H"),
        new Reasoning("m."),
        new Text("one"),
        new Text(" two"),
        new ToolCallPiece(0, Optional.of("c1"), Optional.of("f"), "{\"a\""),
        new ToolCallPiece(0, Optional.empty(), Optional.empty(), ":1}"),
        new ToolCallPiece(1, Optional.of("c2"), Optional.of("g"), "{}"),
        new End(FinishReason.TOOL_CALLS, Optional.of(new Usage(5, 9)))
    };

    private final ApiRig rig = new ApiRig();

    private CustomerAnswer ask(String fields) {
        return rig.call(Call.post("/v1/responses", "{\"model\":\"gemma-4-26b\",\"input\":\"hi\"" + fields + "}"));
    }

    private List<JsonNode> stream(String fields) {
        CustomerAnswer answer = ask(",\"stream\":true" + fields);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Description.json(line.substring("data: ".length())))
                .toList();
    }

    @Test
    void theEventsOfAStreamInTheirOrder() {
        rig.dispatcher = ApiRig.answering(ALL);

        List<JsonNode> events = stream("");

        assertThat(events)
                .map(event -> event.path("type").asText().replace("response.", ""))
                .containsExactly(
                        "created",
                        "in_progress",
                        "output_item.added",
                        "content_part.added",
                        "reasoning_text.delta",
                        "reasoning_text.delta",
                        "reasoning_text.done",
                        "content_part.done",
                        "output_item.done",
                        "output_item.added",
                        "content_part.added",
                        "output_text.delta",
                        "output_text.delta",
                        "output_text.done",
                        "content_part.done",
                        "output_item.done",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "completed");
        assertThat(events)
                .map(event -> event.path("sequence_number").asInt())
                .containsExactlyElementsOf(
                        IntStream.range(0, events.size()).boxed().toList());
    }

    @Test
    void theEventsOfOneItemToTheByte() {
        rig.dispatcher = ApiRig.answering(new Text("one"), new Text(" two"), STOP);

        assertThat(stream("").subList(2, 8))
                .map(event -> event.toString().replaceAll("msg_[0-9a-f]{32}", "msg_ID"))
                .containsExactly("""
                    {"type":"response.output_item.added","sequence_number":2,"item":{"id":"msg_ID_0","type":"message","role":"assistant","status":"in_progress","content":[]},"output_index":0}\
                    """, """
                    {"type":"response.content_part.added","sequence_number":3,"item_id":"msg_ID_0","output_index":0,"content_index":0,"logprobs":[],"part":{"type":"output_text","text":"","annotations":[],"logprobs":[]}}\
                    """, """
                    {"type":"response.output_text.delta","sequence_number":4,"item_id":"msg_ID_0","output_index":0,"content_index":0,"logprobs":[],"delta":"one"}\
                    """, """
                    {"type":"response.output_text.delta","sequence_number":5,"item_id":"msg_ID_0","output_index":0,"content_index":0,"logprobs":[],"delta":" two"}\
                    """, """
                    {"type":"response.output_text.done","sequence_number":6,"item_id":"msg_ID_0","output_index":0,"content_index":0,"logprobs":[],"text":"one two"}\
                    """, """
                    {"type":"response.content_part.done","sequence_number":7,"item_id":"msg_ID_0","output_index":0,"content_index":0,"logprobs":[],"part":{"type":"output_text","text":"one two","annotations":[],"logprobs":[]}}\
                    """);
    }

    @Test
    void aWholeResponse() {
        rig.dispatcher = ApiRig.answering(ALL);

        assertThat(ask(",\"temperature\":0.5,\"metadata\":{\"a\":\"b\"},\"prompt_cache_key\":\"k\"")
                        .body()
                        .replaceAll("(resp|rs|msg|fc)_[0-9a-f]{32}", "$1_ID"))
                .isEqualTo("""
                    {"id":"resp_ID","object":"response","created_at":1795435200,"status":"completed","model":"gemma-4-26b","error":null,\
                    "completed_at":1795435203,"incomplete_details":null,"output":[\
                    {"id":"rs_ID_0","type":"reasoning","status":"completed","summary":[],"content":[{"type":"reasoning_text","text":"Hm."}]},\
                    {"id":"msg_ID_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"one two","annotations":[],"logprobs":[]}]},\
                    {"id":"fc_ID_2","type":"function_call","call_id":"c1","name":"f","status":"completed","arguments":"{\\"a\\":1}"},\
                    {"id":"fc_ID_3","type":"function_call","call_id":"c2","name":"g","status":"completed","arguments":"{}"}],\
                    "instructions":null,"max_output_tokens":null,"parallel_tool_calls":true,"previous_response_id":null,\
                    "reasoning":{"effort":null,"summary":null},"store":false,"temperature":0.5,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],\
                    "top_p":1.0,"truncation":"disabled","metadata":{"a":"b"},"background":false,\
                    "presence_penalty":0,"frequency_penalty":0,"top_logprobs":0,"service_tier":"default",\
                    "max_tool_calls":null,"safety_identifier":null,"prompt_cache_key":"k",\
                    "usage":{"input_tokens":5,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},"output_tokens":9,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":14}}\
                    """);
    }

    @Test
    void aStreamEndsWithTheWholeResponse() {
        rig.dispatcher = ApiRig.answering(ALL);
        String whole = ask("").body();

        assertThat(stream("").getLast().path("response").toString().replaceAll("_[0-9a-f]{32}", ""))
                .isEqualTo(whole.replaceAll("_[0-9a-f]{32}", ""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "STOP, completed, ",
        "TOOL_CALLS, completed, ",
        "LENGTH, incomplete, max_output_tokens",
        "CONTENT_FILTER, incomplete, content_filter"
    })
    void aResponseSaysWhetherItIsComplete(FinishReason reason, String status, String why) {
        rig.dispatcher = ApiRig.answering(new Text("hi"), new End(reason, Optional.empty()));

        JsonNode whole = ask("").json();
        JsonNode last = stream("").getLast();

        assertThat(whole.path("status").asText()).isEqualTo(status);
        assertThat(whole.at("/incomplete_details/reason").textValue()).isEqualTo(why);
        assertThat(whole.at("/output/0/status").asText()).isEqualTo(status);
        assertThat(last.path("type").asText()).isEqualTo("response." + status);
        assertThat(last.at("/response/status").asText()).isEqualTo(status);
    }

    @Test
    void reasoningIsASummaryForWhoeverAsksForOne() {
        rig.dispatcher = ApiRig.answering(new Reasoning("Hm."), new Text("hi"), STOP);

        List<JsonNode> events = stream(",\"reasoning\":{\"summary\":\"auto\"}");

        assertThat(events)
                .map(event -> event.path("type").asText())
                .contains(
                        "response.reasoning_summary_part.added",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.done",
                        "response.reasoning_summary_part.done");
        assertThat(events.getLast().at("/response/output/0/summary/0/text").asText())
                .isEqualTo("Hm.");
    }

    @Test
    void sealedReasoningCarriesItsTextBack() {
        rig.dispatcher = ApiRig.answering(new Reasoning("Hm, 🐦 <|im_start|>"), new Text("hi"), STOP);
        JsonNode item =
                ask(",\"include\":[\"reasoning.encrypted_content\"]").json().at("/output/0");

        String input =
                "[{\"role\":\"user\",\"content\":\"hi\"},{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":"
                        + item.path("encrypted_content")
                        + "},{\"role\":\"assistant\",\"content\":\"hi\"},{\"role\":\"user\",\"content\":\"so?\"}]";
        rig.call(Call.post("/v1/responses", "{\"model\":\"gemma-4-26b\",\"input\":" + input + "}"));

        assertThat(ApiRig.asked(rig.jobs.getLast()).input())
                .hasToString("Chat[messages=[Message[USER], Message[ASSISTANT], Message[USER]], answer=NEW_TURN]");
        assertThat(((Input.Chat) ApiRig.asked(rig.jobs.getLast()).input())
                        .messages()
                        .get(1)
                        .reasoning())
                .isEqualTo("Hm, 🐦 <|im_start|>");
    }

    @Test
    void aStreamThatBreaksOffEndsWithOneErrorEvent() {
        rig.dispatcher = ApiRig.refusing(new Refusal.BrokenOff(), new Text("Hel"));

        List<JsonNode> events = stream("");

        assertThat(events.getLast().toString()).isEqualTo("""
            {"type":"error","sequence_number":5,"code":"upstream_error","message":"The answer broke off before its end.","param":null,\
            "error":{"message":"The answer broke off before its end.","type":"server_error","param":null,"code":"upstream_error"}}\
            """);
        assertThat(events)
                .filteredOn(event -> event.path("type").asText().equals("error"))
                .hasSize(1);
    }

    @Test
    void aStreamThatWaitsLongBeginsAndIsKeptAlive() {
        rig.dispatcher = (job, delivery) -> {
            delivery.keepAlive();
            delivery.keepAlive();
            return ApiRig.answering(new Text("hi"), STOP).dispatch(job, delivery);
        };

        String body = ask(",\"stream\":true").body();

        assertThat(body.lines().filter(line -> !line.isEmpty() && !line.startsWith("data: ")))
                .startsWith(
                        "event: response.created",
                        "event: response.in_progress",
                        ": keep-alive",
                        ": keep-alive",
                        "event: response.output_item.added");
        assertThat(stream("").getLast().path("sequence_number").asInt()).isEqualTo(8);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"previous_response_id\":\"resp_1\" | 400 | previous_response_not_found | previous_response_id",
                "\"conversation\":\"conv_1\" | 400 | null | conversation",
                "\"background\":true | 400 | null | background",
                "\"store\":true | 400 | null | store",
                "\"prompt\":{\"id\":\"p\"} | 400 | null | prompt",
                "\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}] | 400 | null | input[0]",
                "\"input\":[{\"type\":\"web_search_call\",\"id\":\"ws_1\"}] | 400 | null | input[0].type",
                "\"tools\":[{\"type\":\"web_search\"}],\"tool_choice\":\"required\" | 400 | null | tool_choice",
                "\"tools\":[{\"type\":\"web_search\"}],\"tool_choice\":{\"type\":\"web_search\"} | 400 | null |"
                        + " tool_choice.type",
                "\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],\"tool_choice\":{\"type\":\"function\",\"name\":\"g\"}"
                        + " | 400 | null | tool_choice",
                "\"include\":[\"message.output_text.logprobs\"] | 400 | null | include[0]"
            })
    void whatWouldChangeTheMeaningIsRefused(String fields, int status, String code, String param) {
        String input = fields.startsWith("\"input\"") ? "" : ",\"input\":\"hi\"";
        CustomerAnswer answer =
                rig.call(Call.post("/v1/responses", "{\"model\":\"gemma-4-26b\"," + fields + input + "}"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo(code);
        assertThat(answer.json().at("/error/param").asText()).isEqualTo(param);
        assertThat(rig.jobs).isEmpty();
    }

    @Test
    void aModelThatServesChatsServesResponsesAndOneOfMessagesOnlyDoesNot() {
        assertThat(ask("").status()).isEqualTo(200);
        assertThat(rig.call(Call.post("/v1/responses", "{\"model\":\"messages-only\",\"input\":\"hi\"}"))
                        .json()
                        .at("/error/param")
                        .asText())
                .isEqualTo("model");
    }

    @Test
    void whatIsTooLongIsSaidInTheWordsThatAgentsKnow() {
        CustomerAnswer answer = rig.call(
                Call.post("/v1/responses", "{\"model\":\"gpt-oss-20b\",\"input\":\"" + "word ".repeat(4_100) + "\"}"));

        assertThat(answer.json().at("/error/code").asText()).isEqualTo("context_length_exceeded");
        assertThat(answer.json().at("/error/param").asText()).isEqualTo("input");
    }
}
