package network.cortensor.portal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.JsonText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that a server's model makes of functions, held against what was offered. */
class OfferedCallsReaderTest {
    private static final JsonText FUNCTIONS = new JsonText("""
        [{"type":"function","function":{"name":"look"}},{"type":"function","function":{"name":"book","strict":true}}]\
        """);

    private static AnswerReader reader(Optional<JsonText> choice, Tools.Calls calls) {
        Tools tools = new Tools(
                FUNCTIONS,
                choice,
                calls,
                (function, arguments) -> arguments.text().equals("{\"n\":1}"));
        return new OfferedCallsReader(new OpenAiReader(List.of(), 100), new OfferedCalls(tools));
    }

    private static String call(int index, String name, String arguments) {
        return "{\"index\":" + index + ",\"id\":\"c" + index + "\",\"type\":\"function\",\"function\":{\"name\":\""
                + name + "\",\"arguments\":\"" + arguments.replace("\"", "\\\"") + "\"}}";
    }

    private static String whole(AnswerReader reader, String calls, String finish) {
        return Transcript.of(reader.whole("{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[" + calls
                + "]},\"finish_reason\":\"" + finish + "\"}]}"));
    }

    private static String streamed(AnswerReader reader, List<String> calls, String finish) {
        List<RouterEvent> events = new ArrayList<>();
        for (String call : calls) {
            events.addAll(
                    Transcript.events(reader.event("{\"choices\":[{\"delta\":{\"tool_calls\":[" + call + "]}}]}")));
        }
        events.addAll(
                Transcript.events(reader.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"" + finish + "\"}]}")));
        events.addAll(reader.over(StreamEnd.SEEN));
        return Transcript.of(events);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
        look ; {"a":2} ; tool_calls ; [0 c0 look {"a":2}]|tool_calls
        book ; {"n":1} ; tool_calls ; [0 c0 book {"n":1}]|tool_calls
        book ; {"n":2} ; tool_calls ; !invalid_call_does_not_fit
        book ; {"n":2} ; stop       ; !invalid_call_does_not_fit
        book ; {"n":   ; length     ; |length
        rm   ; {}      ; tool_calls ; !invalid_call_not_offered
        """)
    void aCallIsOfAnOfferedFunctionAndFitsAStrictOne(String name, String arguments, String finish, String expected) {
        String call = call(0, name, arguments);

        assertThat(whole(reader(Optional.empty(), Tools.Calls.ANY_NUMBER), call, finish))
                .isEqualTo(expected);
        assertThat(streamed(reader(Optional.empty(), Tools.Calls.ANY_NUMBER), List.of(call), finish))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"ONE", "ANY_NUMBER"})
    void oneCallIsOneCall(Tools.Calls calls) {
        List<String> two = List.of(call(0, "look", "{}"), call(1, "book", "{\"n\":1}"));
        String second = calls == Tools.Calls.ONE ? "" : "[1 c1 book {\"n\":1}]";

        assertThat(whole(reader(Optional.empty(), calls), String.join(",", two), "tool_calls"))
                .isEqualTo("[0 c0 look {}]" + second + "|tool_calls");
        assertThat(streamed(reader(Optional.empty(), calls), two, "tool_calls"))
                .isEqualTo("[0 c0 look {}]" + second + "|tool_calls");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        "none"     ; !invalid_call_not_offered
        "auto"     ; [0 c0 look {}]|tool_calls
        "required" ; [0 c0 look {}]|tool_calls
        """, quoteCharacter = '\'')
    void whereCallsAreForbiddenNoneIsOffered(String choice, String expected) {
        assertThat(whole(
                        reader(Optional.of(new JsonText(choice)), Tools.Calls.ANY_NUMBER),
                        call(0, "look", "{}"),
                        "tool_calls"))
                .isEqualTo(expected);
    }
}
