package network.cortensor.portal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiReaderTest {
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}";

    @ParameterizedTest
    @MethodSource("wholeAnswers")
    void aWholeAnswerIsReadForWhatItIs(String body, String expected) {
        assertThat(Transcript.of(new OpenAiReader(List.of(), 100).whole(body))).isEqualTo(expected);
    }

    static Stream<Arguments> wholeAnswers() {
        return Stream.of(
                argumentSet("text and usage", whole("\"content\":\"Hi\"", "stop", "," + USAGE), "Hi|stop 5+7"),
                argumentSet("no usage", whole("\"content\":\"Hi\"", "length", ""), "Hi|length"),
                argumentSet(
                        "usage beyond 64 bits",
                        whole(
                                "\"content\":\"Hi\"",
                                "stop",
                                ",\"usage\":{\"prompt_tokens\":18446744073709551633,\"completion_tokens\":7}"),
                        "Hi|stop"),
                argumentSet("null usage", whole("\"content\":\"Hi\"", "stop", ",\"usage\":null"), "Hi|stop"),
                argumentSet(
                        "reasoning",
                        whole("\"reasoning_content\":\"Hm\",\"content\":\"Hi\"", "stop", ""),
                        "{Hm}Hi|stop"),
                argumentSet(
                        "reasoning, other name",
                        whole("\"reasoning\":\"Hm\",\"content\":\"Hi\"", "stop", ""),
                        "{Hm}Hi|stop"),
                argumentSet("refusal", whole("\"content\":null,\"refusal\":\"No\"", "stop", ""), "No|stop"),
                argumentSet(
                        "function calls",
                        whole(
                                "\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                                        + "{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"[]\"}}]",
                                "tool_calls",
                                ""),
                        "[0 a f {}][1 b g []]|tool_calls"),
                argumentSet("bare prompt", "{\"choices\":[{\"text\":\"Hi\",\"finish_reason\":\"stop\"}]}", "Hi|stop"),
                argumentSet("filtered", whole("\"content\":\"Hi\"", "content_filter", ""), "Hi|content_filter"),
                argumentSet("another word", whole("\"content\":\"Hi\"", "eos", ""), "Hi|stop"),
                argumentSet("empty", whole("\"content\":\"\"", "stop", ""), "!no_result"),
                argumentSet("no choices", "{\"choices\":[]}", "!no_result"),
                argumentSet("error", "{\"error\":{\"message\":\"x\"}}", "!no_result"),
                argumentSet("ended by an error", whole("\"content\":\"Hi\"", "error", ""), "!unknown_end"),
                argumentSet("no choices at all", "{\"object\":\"x\"}", "!unintelligible"),
                argumentSet("broken", "{\"choices\":[", "!unintelligible"));
    }

    @ParameterizedTest
    @CsvSource({
        "END, 100, stop, |stop",
        "'', 16, stop, |stop",
        "'', 17, stop, !no_result",
        "'', 100, length, |length",
        "'', 100, content_filter, |content_filter",
        "END, 100, tool_calls, !no_result",
        "END, 100, '', !no_result"
    })
    void anAnswerWithoutAWordIsOneIfTheRequestOrItsEndExplainsThat(
            String stop, int maxTokens, String finish, String expected) {
        List<String> stops = stop.isEmpty() ? List.of() : List.of(stop);
        OpenAiReader streamed = new OpenAiReader(stops, maxTokens);
        streamed.event(delta("", "\"" + finish + "\""));

        assertThat(Transcript.of(streamed.over(StreamEnd.SEEN))).isEqualTo(finish.isEmpty() ? "!cut" : expected);
        assertThat(Transcript.of(new OpenAiReader(stops, maxTokens).whole(whole("\"content\":\"\"", finish, ""))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamIsReadForWhatItIs(List<String> events, String expected) {
        assertThat(stream(events)).isEqualTo(expected);
    }

    static Stream<Arguments> streams() {
        String role = delta("\"role\":\"assistant\",\"content\":\"\"", "null");
        String hello = delta("\"content\":\"Hel\"", "null");
        String stop = delta("", "\"stop\"");
        String usage = "{\"choices\":[]," + USAGE + "}";
        return Stream.of(
                argumentSet(
                        "text, end, usage",
                        List.of(role, hello, delta("\"content\":\"lo\"", "null"), stop, usage),
                        "Hello|stop 5+7"),
                argumentSet("no usage", List.of(hello, stop), "Hel|stop"),
                argumentSet(
                        "usage in the last chunk",
                        List.of(hello, delta("", "\"stop\"").replace("}]}", "}]," + USAGE + "}")),
                        "Hel|stop 5+7"),
                argumentSet("usage before the end", List.of(usage, hello, stop), "Hel|stop"),
                argumentSet(
                        "reasoning",
                        List.of(delta("\"reasoning_content\":\"Hm\"", "null"), hello, stop),
                        "{Hm}Hel|stop"),
                argumentSet(
                        "a function call in pieces",
                        List.of(
                                delta(
                                        "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]",
                                        "null"),
                                delta(
                                        "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}]",
                                        "null"),
                                delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]", "null"),
                                delta("", "\"tool_calls\"")),
                        "[0 a f {\"x\"][0 :1}]|tool_calls"),
                argumentSet(
                        "bare prompt",
                        List.of("{\"choices\":[{\"text\":\"Hi\",\"finish_reason\":\"length\"}]}"),
                        "Hi|length"),
                argumentSet(
                        "another choice",
                        List.of(
                                hello,
                                "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"no\"},\"finish_reason\":\"stop\"}]}",
                                stop),
                        "Hel|stop"),
                argumentSet(
                        "an empty end reason with every piece",
                        List.of(
                                delta("\"content\":\"Hel\"", "\"\""),
                                delta("\"content\":\"lo\"", "\"null\""),
                                delta("", "\"STOP\""),
                                usage),
                        "Hello|stop 5+7"),
                argumentSet("ended by a time-out", List.of(hello, delta("", "\"timeout\"")), "Hel!unknown_end"),
                argumentSet(
                        "text behind an end",
                        List.of(delta("\"content\":\"Hel\"", "\"stop\""), delta("\"content\":\"lo\"", "\"stop\"")),
                        "Hello|stop"),
                argumentSet("null error", List.of(hello, "{\"error\":null,\"choices\":[]}", stop), "Hel|stop"),
                argumentSet("no end marker", List.of(hello), "Hel!cut"),
                argumentSet("nothing at all", List.of(), "!cut"),
                argumentSet("no content", List.of(role, stop), "!no_result"),
                argumentSet("error first", List.of("{\"error\":{\"message\":\"x\"}}"), "!no_result"),
                argumentSet("error later", List.of(hello, "{\"error\":{\"message\":\"x\"}}"), "Hel!cut"),
                argumentSet("ended by an error", List.of(hello, delta("", "\"error\"")), "Hel!unknown_end"),
                argumentSet("broken event", List.of(hello, "{\"cho"), "Hel!unintelligible"));
    }

    /** Each row is a stream's deltas of calls, as servers were seen to write them, and the calls that they mean. */
    @ParameterizedTest
    @MethodSource("writtenCalls")
    void callsAreRebuiltFromWhateverAServerWrites(List<String> deltas, String finish, String expected) {
        List<String> events = new ArrayList<>();
        deltas.forEach(delta -> events.add(delta(delta, "null")));
        events.add(delta("", '"' + finish + '"'));

        assertThat(stream(events)).isEqualTo(quoted(expected));
    }

    static Stream<Arguments> writtenCalls() {
        return Stream.of(
                argumentSet(
                        "the end is called a stop",
                        List.of(call("'index':0,'id':'a','function':{'name':'f','arguments':'{}'}")),
                        "stop",
                        "[0 a f {}]|tool_calls"),
                argumentSet(
                        "cut inside a call",
                        List.of(call("'index':0,'id':'a','function':{'name':'f','arguments':'{X'}")),
                        "length",
                        "[0 a f {X]|length"),
                argumentSet(
                        "cut before the arguments",
                        List.of(call("'index':0,'id':'a','function':{'name':'f'}")),
                        "length",
                        "[0 a f ]|length"),
                argumentSet(
                        "cut inside a call, and called whole",
                        List.of(call("'index':0,'id':'a','function':{'name':'f','arguments':'{X'}")),
                        "tool_calls",
                        "[0 a f {X]!invalid_call_no_json"),
                argumentSet(
                        "cut inside a text in a call, and called a stop",
                        List.of(call("'index':0,'id':'a','function':{'name':'f','arguments':'{\\\"x\\\":\\\"}'}")),
                        "stop",
                        "[0 a f {\"x\":\"}]!invalid_call_no_json"),
                argumentSet(
                        "the first of two calls is no object",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'f','arguments':'X'}"),
                                call("'index':1,'id':'b','function':{'name':'g','arguments':'{Y}'}")),
                        "tool_calls",
                        "[0 a f X]!invalid_call_no_json"),
                argumentSet(
                        "arguments that are a list's beginning",
                        List.of(call("'index':0,'id':'a','function':{'name':'f','arguments':'[1'}")),
                        "stop",
                        "[0 a f [1]!invalid_call_no_json"),
                argumentSet("calls announced, none made", List.of("\"content\":\"Hi\""), "tool_calls", "Hi|stop"),
                argumentSet(
                        "two ids at one index",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'f','arguments':'{X}'}"),
                                call("'index':0,'id':'b','function':{'name':'g','arguments':'{Y}'}")),
                        "stop",
                        "[0 a f {X}][1 b g {Y}]|tool_calls"),
                argumentSet(
                        "two ids at one index, the first without arguments",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'f','arguments':''}"),
                                call("'index':0,'id':'b','function':{'name':'f','arguments':''}")),
                        "stop",
                        "[0 a f {}][1 b f {}]|tool_calls"),
                argumentSet(
                        "no index",
                        List.of(
                                call("'id':'a','function':{'name':'f','arguments':'{X}'}"),
                                call("'id':'b','function':{'name':'g','arguments':'{Y}'}")),
                        "tool_calls",
                        "[0 a f {X}][1 b g {Y}]|tool_calls"),
                argumentSet(
                        "no index, an id in the first piece only",
                        List.of(
                                call("'id':'a','function':{'name':'f'}"),
                                call("'function':{'arguments':'{X'}"),
                                call("'function':{'arguments':'}'}"),
                                call("'id':'b','function':{'name':'g'}"),
                                call("'function':{'arguments':'{Y}'}")),
                        "tool_calls",
                        "[0 a f {X][0 }][1 b g {Y}]|tool_calls"),
                argumentSet(
                        "neither index nor id",
                        List.of(
                                call("'function':{'name':'f','arguments':{'x':1}}"),
                                call("'function':{'name':'f','arguments':{'x':1}}")),
                        "stop",
                        "[0 f {'x':1}][1 f {'x':1}]|tool_calls"),
                argumentSet(
                        "one index for all, no id",
                        List.of(
                                call("'index':0,'function':{'name':'f','arguments':'{X}'}"),
                                call("'index':0,'function':{'name':'f','arguments':'{X}'}")),
                        "stop",
                        "[0 f {X}][1 f {X}]|tool_calls"),
                argumentSet(
                        "no id",
                        List.of(call("'index':0,'function':{'name':'f','arguments':'{X}'}")),
                        "tool_calls",
                        "[0 f {X}]|tool_calls"),
                argumentSet(
                        "an empty id, and the id in a later piece",
                        List.of(
                                call("'index':0,'id':'','function':{'name':'f','arguments':'{X'}"),
                                call("'index':0,'id':'a','function':{'arguments':'}'}")),
                        "tool_calls",
                        "[0 f {X][0 }]|tool_calls"),
                argumentSet(
                        "id and name in every piece",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'f','arguments':''}"),
                                call("'index':0,'id':'a','function':{'name':'f','arguments':'{X'}"),
                                call("'index':0,'id':'a','function':{'name':'f','arguments':'}'}")),
                        "tool_calls",
                        "[0 a f {X][0 }]|tool_calls"),
                argumentSet(
                        "one id twice",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'f','arguments':'{X}'}"),
                                call("'index':1,'id':'a','function':{'name':'g','arguments':'{Y}'}")),
                        "tool_calls",
                        "[0 a f {X}][1 g {Y}]|tool_calls"),
                argumentSet(
                        "two calls in turn",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'f','arguments':'{'}"),
                                call("'index':1,'id':'b','function':{'name':'g','arguments':'{'}"),
                                call("'index':0,'function':{'arguments':'X'}"),
                                call("'index':1,'function':{'arguments':'Y'}"),
                                call("'index':0,'function':{'arguments':'}'}"),
                                call("'index':1,'function':{'arguments':'}'}")),
                        "tool_calls",
                        "[0 a f {][0 X][0 }][1 b g {Y][1 }]|tool_calls"),
                argumentSet(
                        "indices that begin anywhere",
                        List.of(
                                call("'index':3,'id':'a','function':{'name':'f','arguments':'{X}'}"),
                                call("'index':1,'id':'b','function':{'name':'g','arguments':'{Y}'}")),
                        "tool_calls",
                        "[0 a f {X}][1 b g {Y}]|tool_calls"),
                argumentSet(
                        "text in the middle of a call",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'f','arguments':'{'}"),
                                "\"content\":\"Now\"",
                                call("'index':0,'function':{'arguments':'}'}"),
                                "\"content\":\" wait\""),
                        "tool_calls",
                        "[0 a f {][0 }]Now wait|tool_calls"),
                argumentSet(
                        "text between two calls",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'f','arguments':'{X}'}"),
                                "\"content\":\"And\"",
                                call("'index':1,'id':'b','function':{'name':'g','arguments':'{Y}'}")),
                        "tool_calls",
                        "[0 a f {X}]And[1 b g {Y}]|tool_calls"),
                argumentSet(
                        "arguments as an object",
                        List.of(call("'index':0,'id':'a','function':{'name':'f','arguments':{'x':[1]}}")),
                        "tool_calls",
                        "[0 a f {'x':[1]}]|tool_calls"),
                argumentSet(
                        "no arguments",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'f'}"),
                                call("'index':1,'id':'b','function':{'name':'g','arguments':null}")),
                        "tool_calls",
                        "[0 a f {}][1 b g {}]|tool_calls"),
                argumentSet(
                        "a placeholder before the arguments",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'f','arguments':{}}"),
                                call("'index':0,'function':{'arguments':'{X'}"),
                                call("'index':0,'function':{'arguments':'}'}")),
                        "tool_calls",
                        "[0 a f {X][0 }]|tool_calls"),
                argumentSet(
                        "the whole call once more at the end",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'f','arguments':'{X'}"),
                                call("'index':0,'function':{'arguments':'}'}"),
                                call("'index':0,'id':'a','function':{'name':'f','arguments':'{X}'}")),
                        "tool_calls",
                        "[0 a f {X][0 }]|tool_calls"),
                argumentSet(
                        "braces inside texts",
                        List.of(
                                call("'function':{'name':'f','arguments':{'x':'}\\\"{'}}"),
                                call("'function':{'name':'g','arguments':{}}")),
                        "tool_calls",
                        "[0 f {'x':'}\\\"{'}][1 g {}]|tool_calls"),
                argumentSet(
                        "a name in pieces",
                        List.of(
                                call("'index':0,'id':'a','function':{'name':'get_'}"),
                                call("'index':0,'function':{'name':'it','arguments':'{}'}")),
                        "tool_calls",
                        "[0 a get_it {}]|tool_calls"),
                argumentSet(
                        "the older form",
                        List.of("\"function_call\":{\"name\":\"f\"}", "\"function_call\":{\"arguments\":\"{}\"}"),
                        "function_call",
                        "[0 f {}]|tool_calls"),
                argumentSet(
                        "no frame around the function",
                        List.of(call("'id':'a','name':'f','arguments':{}")),
                        "stop",
                        "[0 a f {}]|tool_calls"),
                argumentSet(
                        "a call of nothing",
                        List.of(call("'index':0,'function':{}"), "\"content\":\"Hi\""),
                        "stop",
                        "Hi|stop"),
                argumentSet(
                        "arguments of nobody",
                        List.of(call("'index':0,'function':{'arguments':'{X}'}")),
                        "tool_calls",
                        "!no_result"));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void contentIsReadInEveryForm(String message, String expected) {
        assertThat(Transcript.of(new OpenAiReader(List.of("END"), 100).whole(whole(message, "stop", ""))))
                .isEqualTo(expected + "|stop");
        assertThat(stream(List.of(delta(message, "null"), delta("", "\"stop\""))))
                .isEqualTo(expected + "|stop");
    }

    static Stream<Arguments> contents() {
        return Stream.of(
                argumentSet(
                        "parts of text",
                        quoted("'content':[{'type':'text','text':'Hel'},{'type':'text','text':'lo'}]"),
                        "Hello"),
                argumentSet("parts without a type", quoted("'content':[{'text':'Hel'},'lo']"), "Hello"),
                argumentSet("output_text", quoted("'content':[{'type':'output_text','text':'Hi'}]"), "Hi"),
                argumentSet(
                        "thinking among the parts",
                        quoted("'content':[{'type':'thinking','thinking':[{'type':'text','text':'Hm'}]},"
                                + "{'type':'text','text':'Hi'}]"),
                        "{Hm}Hi"),
                argumentSet(
                        "a part of another kind",
                        quoted("'content':[{'type':'image','url':'x'},{'type':'text','text':'Hi'}]"),
                        "Hi"),
                argumentSet("reasoning in parts", quoted("'reasoning':[{'text':'Hm'}],'content':'Hi'"), "{Hm}Hi"),
                argumentSet("an empty list", quoted("'content':[],'refusal':'No'"), "No"));
    }

    @ParameterizedTest
    @CsvSource({"stop_reason, END, END", "matched_stop, END, END", "stop_reason, OTHER, ''", "stop_reason, null, ''"})
    void aServerThatTellsWhichStopTextItMetIsBelieved(String field, String said, String stop) {
        String end = "{\"choices\":[{\"index\":0,\"DELTA\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\",\"" + field
                + "\":\"" + said + "\"}]}";
        OpenAiReader reader = new OpenAiReader(List.of("END"), 100);
        reader.event(end.replace("DELTA", "delta"));

        assertThat(stopOf(reader.over(StreamEnd.SEEN))).isEqualTo(stop);
        assertThat(stopOf(new OpenAiReader(List.of("END"), 100).whole(end.replace("DELTA", "message"))))
                .isEqualTo(stop);
    }

    private static String stopOf(List<RouterEvent> events) {
        return events.getLast() instanceof RouterEvent.Said(CompletionEvent.End end)
                ? end.stop().orElse("")
                : "no end";
    }

    @Test
    void callsOfAWholeAnswerAreRebuilt() {
        String calls = quoted("'content':'','tool_calls':[{'id':'a','function':{'name':'f','arguments':{'x':1}}},"
                + "{'id':'a','function':{'name':'f','arguments':''}},{'function':{'name':'g'}}]");

        assertThat(Transcript.of(new OpenAiReader(List.of("END"), 100).whole(whole(calls, "stop", ""))))
                .isEqualTo(quoted("[0 a f {'x':1}][1 f {}][2 g {}]|tool_calls"));
    }

    private static String call(String fields) {
        return quoted("'tool_calls':[{" + fields + "}]");
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static String stream(List<String> datas) {
        OpenAiReader reader = new OpenAiReader(List.of(), 100);
        List<RouterEvent> heard = new ArrayList<>();
        for (String data : datas) {
            heard.addAll(Transcript.events(reader.event(data)));
            if (!heard.isEmpty() && Events.last(heard.getLast())) {
                return Transcript.of(heard);
            }
        }
        heard.addAll(reader.over(StreamEnd.SEEN));
        return Transcript.of(heard);
    }

    private static String whole(String message, String finish, String rest) {
        return "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\"," + message
                + "},\"finish_reason\":\"" + finish + "\"}]" + rest + "}";
    }

    private static String delta(String fields, String finish) {
        return "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{" + fields + "},\"finish_reason\":" + finish + "}]}";
    }
}
