package network.cortensor.portal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiReaderTest {
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}";

    @ParameterizedTest
    @MethodSource("wholeAnswers")
    void aWholeAnswerIsReadForWhatItIs(String body, String expected) {
        assertThat(Transcript.of(new OpenAiReader().whole(body))).isEqualTo(expected);
    }

    static Stream<Arguments> wholeAnswers() {
        return Stream.of(
                argumentSet("text and usage", whole("\"content\":\"Hi\"", "stop", "," + USAGE), "Hi|stop 5+7"),
                argumentSet("no usage", whole("\"content\":\"Hi\"", "length", ""), "Hi|length"),
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
                argumentSet("ended by an error", whole("\"content\":\"Hi\"", "error", ""), "!no_result"),
                argumentSet("no choices at all", "{\"object\":\"x\"}", "!unintelligible"),
                argumentSet("broken", "{\"choices\":[", "!unintelligible"));
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
                        "[0 a f ][0 {\"x\"][0 :1}]|tool_calls"),
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
                argumentSet("null error", List.of(hello, "{\"error\":null,\"choices\":[]}", stop), "Hel|stop"),
                argumentSet("no end marker", List.of(hello), "Hel!cut"),
                argumentSet("nothing at all", List.of(), "!cut"),
                argumentSet("no content", List.of(role, stop), "!no_result"),
                argumentSet("error first", List.of("{\"error\":{\"message\":\"x\"}}"), "!no_result"),
                argumentSet("error later", List.of(hello, "{\"error\":{\"message\":\"x\"}}"), "Hel!cut"),
                argumentSet("ended by an error", List.of(hello, delta("", "\"error\"")), "Hel!cut"),
                argumentSet("broken event", List.of(hello, "{\"cho"), "Hel!unintelligible"));
    }

    private static String stream(List<String> datas) {
        OpenAiReader reader = new OpenAiReader();
        List<RouterEvent> heard = new ArrayList<>();
        for (String data : datas) {
            if (reader.event(data) instanceof AnswerReader.Heard.Own own) {
                heard.addAll(own.events());
            }
            if (!heard.isEmpty() && Events.last(heard.getLast())) {
                return Transcript.of(heard);
            }
        }
        heard.addAll(reader.over());
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
