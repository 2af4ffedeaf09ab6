package network.cortensor.portal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.prompt.Prompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventFrameTest {
    private static final int SEEDS = 2_000;
    private static final JsonPointer TEXT = JsonPointer.compile("/choices/0/text");

    @Test
    void cortensorEventsAreReadAsTheirTreesAre() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<String> events = new OddEvents(new Random(seed)).cortensor();

            assertThat(heard(EventFrameTest::cortensor, events))
                    .as(told(seed, events))
                    .isEqualTo(heard(EventFrameTest::cortensor, unlike(events)));
        }
    }

    @Test
    void openAiEventsAreReadAsTheirTreesAre() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<String> events = new OddEvents(new Random(seed)).openAi();

            assertThat(heard(EventFrameTest::openAi, events))
                    .as(told(seed, events))
                    .isEqualTo(heard(EventFrameTest::openAi, unlike(events)));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void theTokensAfterTheFirstNeedNoTree(Optional<JsonPointer> place, String event) {
        EventFrame frame = new EventFrame();

        frame.learn(event, place.orElseThrow());

        assertThat(frame.read(event.replace("Hi", " the\\n")))
                .hasValue(new EventFrame.Found(place.orElseThrow(), " the\n"));
        assertThat(frame.read(event.replace("Hi", ""))).isEmpty();
        assertThat(frame.read(event.replace("null", "\"stop\""))).isEmpty();
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                server(
                        "a Cortensor router",
                        "{\"id\": \"cmpl-1\", \"task_id\": 9, \"object\": \"text_completion\", \"created\": 1756092912, \"choices\":"
                                + " [{\"text\": \"Hi\", \"index\": 0, \"logprobs\": null, \"finish_reason\": null}], \"model\": \"default\"}"),
                server(
                        "a server of chats",
                        "{\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},"
                                + "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}"),
                server(
                        "one that repeats the role",
                        "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hi\",\"tool_calls\":[]},"
                                + "\"finish_reason\":null}]}"),
                server(
                        "reasoning",
                        "{\"choices\":[{\"delta\":{\"content\":null,\"reasoning_content\":\"Hi\"},\"finish_reason\":null}]}"),
                server(
                        "a text that is also a name",
                        "{\"Hi\":1,\"choices\":[{\"text\":\"Hi\",\"finish_reason\":null}]}"
                                .replace("\"Hi\":1", "\"text\":null")));
    }

    private static Arguments server(String name, String event) {
        JsonNode json = Json.object(event).orElseThrow();
        JsonNode choice = json.at("/choices/0");
        Optional<JsonPointer> place = new CortensorAnswer(json)
                .textPlace()
                .or(() -> OpenAiContent.onlyPlace(json, OpenAiContent.in(choice, choice.path("delta"))));
        return argumentSet(name, place, event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'choices':[{'text':'a'}],'choices':[{'text':'b'}]}",
                "{'choices':[{'text':'a','text':'b'}]}",
                "{'choices':[{'text':5}]}",
                "{'choices':[{'text':'a'",
                "[]"
            })
    void whatHasNotOneTextAtThePlaceIsNotLearned(String event) {
        EventFrame frame = new EventFrame();
        String data = event.replace('\'', '"');

        frame.learn(data, TEXT);

        assertThat(frame.read(data)).isEmpty();
        assertThat(frame.read(data.replace('b', 'c'))).isEmpty();
    }

    @Test
    void aServerThatCountsInEachEventIsNotLearnedForEver() {
        EventFrame frame = new EventFrame();

        IntStream.range(0, 8).forEach(count -> frame.learn(counted(count), TEXT));
        frame.learn(counted(8), TEXT);

        assertThat(frame.read(counted(7))).isPresent();
        assertThat(frame.read(counted(8))).isEmpty();
    }

    private static String counted(int count) {
        return "{\"n\":" + count + ",\"choices\":[{\"text\":\"a\"}]}";
    }

    private static Supplier<String> told(int seed, List<String> events) {
        return () -> "seed " + seed + ": " + events;
    }

    /** Each with a field of its own, so that none is like another. */
    private static List<String> unlike(List<String> events) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> events.get(i).replaceFirst("\\{", "{\"own\":" + i + ","))
                .toList();
    }

    private static List<Object> heard(Supplier<AnswerReader> readers, List<String> events) {
        AnswerReader reader = readers.get();
        List<Object> heard = new ArrayList<>();
        for (String event : events) {
            heard.add(reader.event(event));
            heard.add(reader.concluded());
            if (Transcript.events((AnswerReader.Heard) heard.get(heard.size() - 2)).stream()
                    .anyMatch(Events::last)) {
                return heard;
            }
        }
        heard.addAll(reader.over(StreamEnd.SEEN));
        return heard;
    }

    private static AnswerReader cortensor() {
        return new CortensorReader(
                Asks.SESSION,
                "ours",
                Prompt.of(Asks.stopping("STOP"), RawText.USUAL, LocalDate.EPOCH),
                Asks.hello().maxTokens());
    }

    private static AnswerReader openAi() {
        return new OpenAiReader(List.of("STOP"), 100);
    }
}
