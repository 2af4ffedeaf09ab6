package network.cortensor.portal.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionEvent.ToolCallPiece;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Message.Part;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.PromptFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers that break no special tokens themselves are sent, and what customers get of their answers. */
class BreakingTest {
    private static final String CHATML = "<|im_end|>";
    private static final String BROKEN = "<\u200B|im_end|>";

    @ParameterizedTest
    @CsvSource({
        "QWEN3, <|im_end|>",
        "QWEN3_5, </tool_response>",
        "GEMMA3, <start_of_turn>",
        "GEMMA4, <turn|>",
        "HARMONY, <|channel|>",
        "PLAIN, <|eot_id|>",
        "PLAIN, [/INST]"
    })
    void noFieldOfARequestHoldsASpecialTokenOfTheModel(PromptFormat format, String token) {
        CompletionRequest broken = Breaking.of(format).broken(request(format, token));

        assertThat(everything(broken)).doesNotContain(token);
        assertThat(everything(broken).replace("\u200B", "")).isEqualTo(everything(request(format, token)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\u003c|im_end|\\u003e\"}",
                "{\"a\":\"<\\u007Cim_end|>\"}",
                "{\"a\":[1.50,{\"<\\u007cim_end|>\":null}]}",
                "{\"a\":\"<\\u007C\\u0069m_end|>\"} and more",
            })
    void escapesInACallsArgumentsHideNoSpecialToken(String arguments) {
        Message call = new Message(
                Message.Role.ASSISTANT,
                List.of(),
                List.of(new Message.ToolCall("id", "name", arguments)),
                Optional.empty());
        Input.Chat chat = (Input.Chat) Breaking.of(PromptFormat.QWEN3)
                .broken(ask(new Input.Chat(List.of(call)), PromptFormat.QWEN3))
                .input();

        String sent = chat.messages().getFirst().toolCalls().getFirst().arguments();
        if (arguments.endsWith("}")) {
            assertThat(sent).contains(BROKEN).doesNotContain("\\u");
        } else {
            assertThat(sent).as("no JSON, so that nobody undoes its escapes").isEqualTo(arguments);
        }
    }

    @Test
    void whatHoldsNoSpecialTokenIsSentAsItWas() {
        CompletionRequest request = request(PromptFormat.GEMMA3, "1 < 2 |> x <b>{\"n\": 1.500}");

        assertThat(Breaking.of(PromptFormat.GEMMA3).broken(request)).isEqualTo(request);
    }

    @Test
    void aBarePromptPassesAsItStands() {
        CompletionRequest bare = ask(new Input.Prompt(CHATML), PromptFormat.QWEN3);

        assertThat(Breaking.of(PromptFormat.QWEN3).broken(bare).input()).isEqualTo(bare.input());
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatAModelCopiesComesBackAsTheCustomerWroteItHoweverItIsCut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String said = "a " + CHATML + " < <\u200B b\u200B" + CHATML + CHATML + "<|im_";
        String arguments = "{\"x\":\"" + CHATML + "\\\\u200b\\n\"}";
        Breaking breaking = Breaking.of(PromptFormat.QWEN3);
        String brokenText = Marks.QWEN.broken(said);
        String brokenArguments = Marks.QWEN.broken(arguments);
        String written = random.nextBoolean() ? brokenArguments : brokenArguments.replace("<\u200B", "<\\u200B");

        MendedAnswer answer = breaking.answer();
        List<CompletionEvent> events = new ArrayList<>();
        cut(brokenText, random).forEach(piece -> events.addAll(answer.mended(new CompletionEvent.Reasoning(piece))));
        cut(brokenText, random).forEach(piece -> events.addAll(answer.mended(new CompletionEvent.Text(piece))));
        for (int call = 0; call < 2; call++) {
            events.addAll(answer.mended(new ToolCallPiece(call, Optional.of("id"), Optional.of("f"), "")));
            for (String piece : cut(written, random)) {
                events.addAll(answer.mended(new ToolCallPiece(call, Optional.empty(), Optional.empty(), piece)));
            }
        }
        events.addAll(answer.mended(new CompletionEvent.End(FinishReason.STOP, Optional.empty(), Optional.of(BROKEN))));

        assertThat(joined(events, CompletionEvent.Reasoning.class)).isEqualTo(said);
        assertThat(joined(events, CompletionEvent.Text.class)).isEqualTo(said);
        assertThat(joined(events, ToolCallPiece.class)).isEqualTo(arguments + arguments);
        assertThat(events.getLast())
                .isEqualTo(new CompletionEvent.End(FinishReason.STOP, Optional.empty(), Optional.of(CHATML)));
    }

    @Test
    void nothingIsHeldBackThatCannotBecomeABrokenToken() {
        MendedAnswer answer = Breaking.of(PromptFormat.QWEN3).answer();

        assertThat(answer.mended(new CompletionEvent.Text("a < b"))).containsExactly(new CompletionEvent.Text("a < b"));
        assertThat(answer.mended(new CompletionEvent.Text(" <\u200B|im")))
                .containsExactly(new CompletionEvent.Text(" <"));
        assertThat(answer.mended(new CompletionEvent.Text("age>")))
                .containsExactly(new CompletionEvent.Text("\u200B|image>"));
    }

    private static String joined(List<CompletionEvent> events, Class<? extends CompletionEvent> kind) {
        return events.stream()
                .filter(kind::isInstance)
                .map(event -> switch (event) {
                    case CompletionEvent.Text text -> text.text();
                    case CompletionEvent.Reasoning reasoning -> reasoning.text();
                    case ToolCallPiece piece -> piece.arguments();
                    case CompletionEvent.End _ -> "";
                })
                .collect(Collectors.joining());
    }

    private static List<String> cut(String text, SplittableRandom random) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + random.nextInt(1, 6));
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }

    /** A request that has the same text wherever a customer can put one. */
    private static CompletionRequest request(PromptFormat format, String text) {
        String json = text.replace("\"", "'");
        Message user = new Message(
                Message.Role.USER,
                List.of(new Part.Text(text), new Part.Image("https://img.example/" + text, Optional.of(text))),
                List.of(),
                Optional.empty());
        Message call = new Message(
                Message.Role.ASSISTANT,
                List.of(new Part.Reasoning(text), new Part.Text(text)),
                List.of(new Message.ToolCall(text, text, "{\"" + json + "\":\"" + json + "\"}")),
                Optional.empty());
        Message result = new Message(Message.Role.TOOL, List.of(new Part.Text(text)), List.of(), Optional.of(text));
        JsonText everywhere =
                new JsonText("[{\"" + json + "\":{\"description\":\"" + json + "\",\"enum\":[\"" + json + "\"]}}]");
        return new CompletionRequest(
                new Input.Chat(List.of(Message.of(Message.Role.SYSTEM, text), user, call, result)),
                format,
                100,
                Sampling.DEFAULT,
                List.of(text),
                Optional.of(new Tools(everywhere, Optional.of(everywhere), Tools.Calls.ANY_NUMBER)),
                Optional.of(everywhere));
    }

    private static CompletionRequest ask(Input input, PromptFormat format) {
        return new CompletionRequest(
                input, format, 100, Sampling.DEFAULT, List.of(), Optional.empty(), Optional.empty());
    }

    private static String everything(CompletionRequest request) {
        StringBuilder all = new StringBuilder();
        for (Message message : ((Input.Chat) request.input()).messages()) {
            message.content()
                    .forEach(part -> all.append(
                            switch (part) {
                                case Part.Text text -> text.text();
                                case Part.Image image ->
                                    image.url() + image.detail().orElse("");
                                case Part.Reasoning reasoning -> reasoning.text();
                            }));
            message.toolCalls()
                    .forEach(call -> all.append(call.id()).append(call.name()).append(call.arguments()));
            all.append(message.toolCallId().orElse(""));
        }
        request.stop().forEach(all::append);
        request.tools()
                .ifPresent(tools -> all.append(tools.definitions().text())
                        .append(tools.choice().orElseThrow().text()));
        request.responseFormat().ifPresent(format -> all.append(format.text()));
        return all.toString();
    }
}
