package network.cortensor.portal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.prompt.Prompt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CortensorReaderTest {
    private static final String RECORDED = """
        {"choices":[{"finish_reason":"stop","index":0,"logprobs":null,"text":"\\n\\nHello</s>"}],"created":1766903691,
         "id":"cmpl-1766903691","model":"default","object":"text_completion","session_id":168,"task_id":3,
         "usage":{"completion_tokens":26,"prompt_tokens":102,"total_tokens":128}}\
        """;

    @ParameterizedTest
    @MethodSource("wholeAnswers")
    void aWholeAnswerIsReadForWhatItIs(String body, String expected) {
        assertThat(Transcript.of(reader(Asks.hello()).whole(body))).isEqualTo(expected);
    }

    static Stream<Arguments> wholeAnswers() {
        return Stream.of(
                argumentSet("as recorded", RECORDED, "Hello|stop"),
                argumentSet("reasoning", text("<think>Hm.</think>Yes"), "{Hm.}Yes|stop"),
                argumentSet("reasoning whose start is missing", text("Hm.\\n</think>\\nYes"), "{Hm.}Yes|stop"),
                argumentSet("cut off at max_tokens", choice("\"text\":\"a\",\"finish_reason\":\"length\""), "a|length"),
                argumentSet(
                        "ended by a time-out", choice("\"text\":\"a\",\"finish_reason\":\"timeout\""), "!unknown_end"),
                argumentSet("an empty end reason", choice("\"text\":\"a\",\"finish_reason\":\"\""), "a|stop"),
                argumentSet("a number for an end reason", choice("\"text\":\"a\",\"finish_reason\":1"), "!unknown_end"),
                argumentSet("session id as a text", RECORDED.replace(":168,", ":\"168\","), "Hello|stop"),
                argumentSet("no session id", RECORDED.replace("\"session_id\":168,", ""), "Hello|stop"),
                argumentSet("null error", "{\"error\":null,\"choices\":[{\"text\":\"a\"}]}", "a|stop"),
                argumentSet("older build, output", "{\"output\":\"a\"}", "a|stop"),
                argumentSet("older build, text", "{\"text\":\"a\"}", "a|stop"),
                argumentSet("older build, result", "{\"result\":\"a\"}", "a|stop"),
                argumentSet("older build, completion", "{\"completion\":\"a\"}", "a|stop"),
                argumentSet("older build, message", choice("\"message\":{\"content\":\"a\"}"), "a|stop"),
                argumentSet("done, with text", "{\"status\":\"completed\",\"result\":\"a\"}", "a|stop"),
                argumentSet("another session's", RECORDED.replace(":168,", ":169,"), "!mismatch"),
                argumentSet("another request's", "{\"client_reference\":\"x\",\"text\":\"a\"}", "!mismatch"),
                argumentSet("empty text", "{\"choices\":[{\"text\":\"\"}]}", "!no_result"),
                argumentSet("blank text", "{\"choices\":[{\"text\":\"\\n \"}]}", "!no_result"),
                argumentSet("a stop token only", text("</s>"), "!no_result"),
                argumentSet("null text", "{\"choices\":[{\"text\":null}]}", "!no_result"),
                argumentSet("a number for a text", "{\"choices\":[{\"text\":5}]}", "!no_result"),
                argumentSet("no choices", "{\"choices\":[]}", "!no_result"),
                argumentSet(
                        "ended without content",
                        "{\"status\":\"ended\",\"message\":\"No content\",\"result_data\":\"urn:blob:1\"}",
                        "!no_result"),
                argumentSet("a URN for a text", text("urn:blob:abc"), "!no_result"),
                argumentSet("error in a text", "{\"error\":\"no miners\"}", "!no_result"),
                argumentSet("error in an object", "{\"error\":{\"message\":\"x\",\"code\":\"y\"}}", "!no_result"),
                argumentSet("error beside choices", "{\"error\":\"x\",\"choices\":[{\"text\":\"a\"}]}", "!no_result"),
                argumentSet("router_error", "{\"error\":{\"type\":\"router_error\"}}", "!mismatch"),
                argumentSet(
                        "correlation mismatch",
                        "{\"error\":{\"code\":\"router_v4_correlation_mismatch\"}}",
                        "!mismatch"),
                argumentSet("queued", "{\"status\":\"queued\"}", "!pending"),
                argumentSet("pending", "{\"status\":\"pending\",\"choices\":[]}", "!pending"),
                argumentSet("processing", "{\"status\":\"PROCESSING\"}", "!pending"),
                argumentSet("running", "{\"status\":\"running\"}", "!pending"),
                argumentSet("in progress", "{\"status\":\"in_progress\",\"text\":\"half\"}", "!pending"),
                argumentSet("a state of no known name", "{\"status\":\"assigned\"}", "!pending"),
                argumentSet("a task's number for acked", "{\"status\":1}", "!pending"),
                argumentSet("a task's number for done", "{\"status\":4}", "!no_result"),
                argumentSet("an object that says nothing", "{}", "!unintelligible"),
                argumentSet("an object of something else", "{\"detail\":\"x\"}", "!unintelligible"),
                argumentSet("no object", "[]", "!unintelligible"),
                argumentSet("a bare text", "\"a\"", "!unintelligible"),
                argumentSet("nothing at all", "", "!unintelligible"),
                argumentSet("broken JSON", "{\"choices\":[{\"te", "!unintelligible"),
                argumentSet("two objects", "{\"text\":\"a\"}{\"text\":\"b\"}", "!unintelligible"),
                argumentSet("HTML", "<html>502</html>", "!unintelligible"),
                argumentSet("too deep", "{\"a\":".repeat(5000) + "1" + "}".repeat(5000), "!unintelligible"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamIsReadForWhatItIs(List<String> events, String expected) {
        assertThat(stream(Asks.hello(), events)).isEqualTo(expected);
    }

    static Stream<Arguments> streams() {
        String start = event(9, " What", null);
        String end = event(9, "", "stop");
        return Stream.of(
                argumentSet("as recorded", List.of(start, event(9, " is", null), end), "What is|stop"),
                argumentSet("text in the last event", List.of(start, event(9, " is", "stop")), "What is|stop"),
                argumentSet(
                        "a stop token in pieces",
                        List.of(start, event(9, "</", null), event(9, "s>", "stop")),
                        "What|stop"),
                argumentSet("cut off at max_tokens", List.of(start, event(9, "", "length")), "What|length"),
                argumentSet(
                        "an empty end reason with every piece",
                        List.of(event(9, "The", ""), event(9, " capital", ""), event(9, " is Paris.", ""), end),
                        "The capital is Paris.|stop"),
                argumentSet(
                        "an end reason that names null",
                        List.of(event(9, "The", "null"), event(9, " end", "NULL"), end),
                        "The end|stop"),
                argumentSet(
                        "a blank end reason",
                        List.of(event(9, "The", "  "), event(9, " end", "\\n"), end),
                        "The end|stop"),
                argumentSet("an end in capitals", List.of(start, event(9, "", "Max_Tokens")), "What|length"),
                argumentSet("ended by a time-out", List.of(start, event(9, "", "timeout")), "What!unknown_end"),
                argumentSet("cancelled before a word", List.of(event(9, "", "cancelled"), end), "!unknown_end"),
                argumentSet(
                        "text behind an end",
                        List.of(event(9, "The", "stop"), event(9, " capital", "stop"), event(9, "", "length")),
                        "The capital|length"),
                argumentSet(
                        "broken off behind an end", List.of(event(9, "The", "stop"), "{\"error\":\"x\"}"), "The!cut"),
                argumentSet(
                        "another task in between",
                        List.of(start, event(10, "No", null), event(10, "", "stop"), end),
                        "What|stop"),
                argumentSet(
                        "events without a task",
                        List.of(start, "{\"choices\":[{\"text\":\" is\"}]}", end),
                        "What is|stop"),
                argumentSet(
                        "news of the state",
                        List.of("{\"status\":\"queued\"}", start, "{\"status\":\"ended\"}", end),
                        "What|stop"),
                argumentSet("no text", List.of(end), "!no_result"),
                argumentSet("blanks only", List.of(event(9, "\\n", null), end), "!no_result"),
                argumentSet("no end marker", List.of(start), "What!cut"),
                argumentSet("nothing at all", List.of(), "!cut"),
                argumentSet(
                        "ended without content",
                        List.of("{\"status\":\"ended\",\"result_data\":\"urn:x\"}"),
                        "!no_result"),
                argumentSet("queued for ever", List.of("{\"status\":\"queued\"}"), "!cut"),
                argumentSet("error first", List.of("{\"error\":\"x\"}"), "!no_result"),
                argumentSet("error later", List.of(start, "{\"error\":{\"message\":\"x\"}}"), "What!cut"),
                argumentSet("mix-up", List.of(start, "{\"error\":\"router_error\"}"), "What!mismatch"),
                argumentSet(
                        "another session's", List.of("{\"session_id\":1,\"choices\":[{\"text\":\"a\"}]}"), "!mismatch"),
                argumentSet("ended by an error", List.of(start, event(9, "", "error")), "What!unknown_end"),
                argumentSet("a broken event", List.of(start, "{\"choices\":[{\"te"), "What!unintelligible"),
                argumentSet("something else", List.of("hello"), "!unintelligible"));
    }

    @Test
    void aStopStringEndsTheAnswerButNotTheTask() {
        List<String> events = List.of(event(9, "one E", null), event(9, "ND two", null), event(9, " three", "length"));

        assertThat(stream(Asks.stopping("END"), events)).isEqualTo("one |stop");
    }

    @Test
    void aStreamThatBreaksBehindAStopStringLosesNothingOfTheAnswer() {
        assertThat(stream(Asks.stopping("END"), List.of(event(9, "one END", null))))
                .isEqualTo("one |stop");
    }

    @Test
    void anAnswerThatBeginsWithAStopStringIsWholeAndEmpty() {
        assertThat(stream(Asks.stopping("END"), List.of(event(9, "END", "stop"))))
                .isEqualTo("|stop");
        assertThat(Transcript.of(reader(Asks.stopping("END")).whole(text("END"))))
                .isEqualTo("|stop");
    }

    @ParameterizedTest
    @CsvSource({
        "1, <|channel|>, |length",
        "16, <|channel|>analysis<|message|>, |length",
        "17, <|channel|>analysis<|message|>, !no_result",
        "1, '', !no_result",
        "1, ' ', !no_result",
        "5, <|channel|>final<|message|>Hi, Hi|stop",
        "4, <|channel|>final<|message|>Hi, Hi|length",
        "4, <|channel|>final<|message|>Hi<|return|>, Hi|stop"
    })
    void anAnswerOfMarksAloneWasCutBeforeItsFirstWord(int maxTokens, String said, String expected) {
        CompletionRequest asked = new CompletionRequest(
                Asks.hello().input(),
                PromptFormat.HARMONY,
                maxTokens,
                Sampling.DEFAULT,
                List.of(),
                Optional.empty(),
                Optional.empty());

        assertThat(Transcript.of(reader(asked).whole(text(said)))).isEqualTo(expected);
        assertThat(stream(asked, List.of(event(9, said, null), event(9, "", "stop"))))
                .isEqualTo(expected);
    }

    @Test
    void anotherTasksEventsShowNothingAboutOurs() {
        CortensorReader reader = reader(Asks.hello());

        assertThat(reader.event(event(9, "a", null))).isInstanceOf(AnswerReader.Heard.Speech.class);
        assertThat(reader.event(event(10, "b", null))).isEqualTo(new AnswerReader.Heard.Foreign());
    }

    private static String stream(CompletionRequest request, List<String> datas) {
        CortensorReader reader = reader(request);
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

    private static CortensorReader reader(CompletionRequest request) {
        return new CortensorReader(
                Asks.SESSION, "ours", Prompt.of(request, RawText.USUAL, LocalDate.EPOCH), request.maxTokens());
    }

    private static String text(String text) {
        return choice("\"text\":\"" + text + "\",\"finish_reason\":\"stop\"");
    }

    private static String choice(String fields) {
        return "{\"choices\":[{\"index\":0," + fields + "}]}";
    }

    private static String event(int task, String text, @Nullable String finish) {
        String reason = finish == null ? "null" : "\"" + finish + "\"";
        return "{\"id\": \"cmpl-1\", \"task_id\": " + task
                + ", \"object\": \"text_completion\", \"choices\": [{\"text\": \"" + text
                + "\", \"index\": 0, \"logprobs\": null, \"finish_reason\": " + reason + "}], \"model\": \"default\"}";
    }
}
