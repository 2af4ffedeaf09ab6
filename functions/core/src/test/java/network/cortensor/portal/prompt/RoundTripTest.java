package network.cortensor.portal.prompt;

import static network.cortensor.portal.prompt.Requests.offering;
import static network.cortensor.portal.prompt.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionEvent.ToolCallPiece;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.model.SpecialTokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A call goes to the model and comes back: functions with random schemas are declared, random calls of them are written as the templates
 * write earlier ones ({@link ConformanceTest} holds these to the official renderers), read as a model's answer, answered, and written again.
 * The customer gets the arguments that were meant, however the text is cut, and what he sends back is the same prompt to the byte.
 */
class RoundTripTest {
    private static final int SEEDS = 60;
    private static final Comparator<JsonNode> SAME_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    static Stream<Arguments> seeds() {
        return Stream.of(PromptFormat.HARMONY, PromptFormat.QWEN3_5, PromptFormat.GEMMA4)
                .flatMap(format -> IntStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(format, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("seeds")
    void whatIsCalledIsWhatWasMeantAndIsWrittenBackToTheByte(PromptFormat format, int seed) {
        Random random = new Random(seed);
        List<RandomFunction> functions = Stream.of("get_weather", "mcp.files-read", "f")
                .map(name -> RandomFunction.of(name, random))
                .toList();
        // The model of harmony calls one function at a time.
        int count = format == PromptFormat.HARMONY ? 1 : 1 + random.nextInt(3);
        List<Message.ToolCall> meant = IntStream.range(0, count)
                .mapToObj(i -> call(i, functions.get(random.nextInt(functions.size()))))
                .toList();
        CompletionRequest asked = request(format, functions, List.of());
        String raw = written(format, functions, meant);

        List<Message.ToolCall> called = read(asked, List.of(raw));

        assertThat(called).as(raw).hasSameSizeAs(meant);
        for (int i = 0; i < meant.size(); i++) {
            assertThat(called.get(i).name()).isEqualTo(meant.get(i).name());
            assertThat(json(called.get(i)).equals(SAME_VALUE, json(meant.get(i))))
                    .as(
                            "%s%nmeant %s%nread %s",
                            raw, meant.get(i).arguments(), called.get(i).arguments())
                    .isTrue();
        }
        assertThat(answered(format, functions, called)).isEqualTo(answered(format, functions, meant));
        for (int cut = 1; cut < raw.length(); cut++) {
            assertThat(read(asked, List.of(raw.substring(0, cut), raw.substring(cut))))
                    .as("cut at " + cut)
                    .isEqualTo(called);
        }
        assertThat(read(asked, raw.chars().mapToObj(Character::toString).toList()))
                .as("by characters")
                .isEqualTo(called);
    }

    private static Message.ToolCall call(int number, RandomFunction function) {
        return new Message.ToolCall(
                "c" + number, function.name(), function.arguments().get().toString());
    }

    private static JsonNode json(Message.ToolCall call) {
        return OfferedFunctions.read(call.arguments());
    }

    private static CompletionRequest request(
            PromptFormat format, List<RandomFunction> functions, List<Message> behindTheQuestion) {
        ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
        functions.forEach(function -> definitions.add(function.definition()));
        List<Message> messages = new ArrayList<>(List.of(user("Go")));
        messages.addAll(behindTheQuestion);
        return offering(
                format,
                new Tools(new JsonText(definitions.toString()), Optional.empty(), Tools.Calls.ANY_NUMBER),
                messages.toArray(Message[]::new));
    }

    private static String prompt(CompletionRequest request) {
        return Prompt.of(request, new RawText(false, SpecialTokens.KEPT), LocalDate.EPOCH)
                .text();
    }

    private static Message calling(List<Message.ToolCall> calls) {
        return new Message(Message.Role.ASSISTANT, List.of(), calls, Optional.empty());
    }

    /** What a model writes that has just been asked: the turn as the template writes it later, from where the question's prompt ends. */
    private static String written(PromptFormat format, List<RandomFunction> functions, List<Message.ToolCall> calls) {
        String before = prompt(request(format, functions, List.of()));
        String after = prompt(request(format, functions, List.of(calling(calls))));
        String begins = switch (format) {
            case HARMONY -> "<|start|>assistant";
            case QWEN3_5 -> "<|im_start|>assistant\n<think>\n";
            default -> "<|turn>model\n";
        };
        String ends = switch (format) {
            case HARMONY -> "<|start|>assistant";
            case QWEN3_5 -> "<|im_start|>assistant\n";
            default -> "<|tool_response>";
        };
        int from = before.lastIndexOf(begins) + begins.length();
        return after.substring(from, after.lastIndexOf(ends));
    }

    private static String answered(PromptFormat format, List<RandomFunction> functions, List<Message.ToolCall> calls) {
        List<Message> loop = new ArrayList<>(List.of(calling(calls)));
        calls.forEach(call -> loop.add(new Message(
                Message.Role.TOOL, List.of(new Message.Part.Text("done")), List.of(), Optional.of(call.id()))));
        return prompt(request(format, functions, loop));
    }

    private static List<Message.ToolCall> read(CompletionRequest asked, List<String> pieces) {
        AnswerDecoder decoder = Prompt.of(asked, new RawText(false, SpecialTokens.KEPT), LocalDate.EPOCH)
                .decoder("c");
        List<CompletionEvent.Content> events = new ArrayList<>();
        pieces.forEach(piece -> events.addAll(decoder.feed(piece)));
        events.addAll(decoder.finish());
        assertThat(decoder.invalidCall()).isEmpty();
        List<StringBuilder> arguments = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (CompletionEvent.Content event : events) {
            if (event instanceof ToolCallPiece piece) {
                piece.name().ifPresent(names::add);
                if (arguments.size() < names.size()) {
                    arguments.add(new StringBuilder());
                }
                arguments.getLast().append(piece.arguments());
            }
        }
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Message.ToolCall(
                        "c" + i, names.get(i), arguments.get(i).toString()))
                .toList();
    }
}
