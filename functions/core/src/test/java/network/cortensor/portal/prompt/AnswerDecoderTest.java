package network.cortensor.portal.prompt;

import static network.cortensor.portal.prompt.Requests.bare;
import static network.cortensor.portal.prompt.Requests.chat;
import static network.cortensor.portal.prompt.Requests.reasoning;
import static network.cortensor.portal.prompt.Requests.stopping;
import static network.cortensor.portal.prompt.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.model.PromptFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerDecoderTest {
    private static final CompletionRequest PLAIN = chat(PromptFormat.PLAIN, user("Hi"));
    private static final CompletionRequest CHATML = chat(PromptFormat.CHATML, user("Hi"));
    private static final CompletionRequest GEMMA = chat(PromptFormat.GEMMA, user("Hi"));
    private static final CompletionRequest GEMMA4 = chat(PromptFormat.GEMMA4, user("Hi"));
    private static final CompletionRequest HARMONY = chat(PromptFormat.HARMONY, user("Hi"));

    @ParameterizedTest
    @MethodSource("answers")
    void rawTextIsReadAsWhatTheModelSaid(CompletionRequest request, String raw, String expected) {
        assertThat(read(decoder(request), List.of(raw))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void rawTextIsReadAlikeCharacterByCharacter(CompletionRequest request, String raw, String expected) {
        List<String> characters =
                raw.chars().mapToObj(c -> String.valueOf((char) c)).toList();

        assertThat(read(decoder(request), characters)).isEqualTo(expected);
    }

    /** What is expected is the answer, with reasoning in braces. */
    static Stream<Arguments> answers() {
        return Stream.of(
                argumentSet("plain text", PLAIN, "Hello there", "Hello there"),
                argumentSet("leading blanks", PLAIN, "\n\n Hello", "Hello"),
                argumentSet("blanks inside stay", PLAIN, "a\n\n b ", "a\n\n b "),
                argumentSet("nothing", PLAIN, "", ""),
                argumentSet("nothing but blanks", PLAIN, " \n", ""),
                argumentSet("nothing but a stop token", PLAIN, "</s>", ""),
                argumentSet("sentencepiece's stop token", PLAIN, "\n\nHello</s>", "Hello"),
                argumentSet("Llama's stop token", PLAIN, "Hello<|eot_id|>", "Hello"),
                argumentSet("Qwen's stop token", PLAIN, "Hello<|im_end|>", "Hello"),
                argumentSet("Gemma's stop token", PLAIN, "Hello<end_of_turn>", "Hello"),
                argumentSet("gpt-oss's stop token", PLAIN, "Hello<|return|>", "Hello"),
                argumentSet("DeepSeek's stop token", PLAIN, "Hello<｜end▁of▁sentence｜>", "Hello"),
                argumentSet("several stop tokens and blanks", PLAIN, "Hello<|im_end|>\n</s>\n", "Hello"),
                argumentSet("a stop token of others inside is text", PLAIN, "<s>old</s> new</s>", "<s>old</s> new"),
                argumentSet("half a stop token is text", PLAIN, "Hello<|im_e", "Hello<|im_e"),
                argumentSet("half a stop token behind a whole one is text", PLAIN, "Hi</s><|im_e", "Hi</s><|im_e"),
                argumentSet("a less-than sign is text", PLAIN, "a < b", "a < b"),
                argumentSet("think tags in plain", PLAIN, "<think>Hm.</think>\n\nYes", "{Hm.}Yes"),
                argumentSet("chatml, no tags", CHATML, "Hello<|im_end|>", "Hello"),
                argumentSet("chatml, reasoning", CHATML, "<think>\nHm.\n</think>\n\nYes<|im_end|>", "{Hm.\n}Yes"),
                argumentSet("chatml, empty reasoning", CHATML, "<think>\n\n</think>\n\nYes", "Yes"),
                argumentSet("chatml, reasoning without an end", CHATML, "<think>Hm.", "{Hm.}"),
                argumentSet("chatml, two blocks of reasoning", CHATML, "<think>a</think> <think>b</think> c", "{ab}c"),
                argumentSet(
                        "chatml, an answer about tags",
                        CHATML,
                        "Use <think> and </think>.",
                        "Use <think> and </think>."),
                argumentSet("chatml, a stray end of reasoning first", CHATML, "</think>\n\nYes", "Yes"),
                argumentSet("chatml, almost a tag", CHATML, "<thing>", "<thing>"),
                argumentSet("chatml, doubled bracket", CHATML, "<think><</think>>", "{<}>"),
                argumentSet("chatml, past its turn", CHATML, "Yes<|im_end|>\n<|im_start|>user\nMore", "Yes"),
                argumentSet("chatml, past its turn without an end", CHATML, "Yes<|im_start|>user\nMore", "Yes"),
                argumentSet(
                        "chatml, the prompt opened the reasoning",
                        reasoning(PromptFormat.CHATML, "high", user("Hi")),
                        "Hm.\n</think>\n\nYes<|im_end|>",
                        "{Hm.\n}Yes"),
                argumentSet(
                        "chatml, the model opens what the prompt opened",
                        reasoning(PromptFormat.CHATML, "high", user("Hi")),
                        "<think>\nHm.</think>Yes",
                        "{Hm.}Yes"),
                argumentSet("gemma", GEMMA, "Hello<end_of_turn>\n<start_of_turn>user\nMore", "Hello"),
                argumentSet("gemma, end of text", GEMMA, "Hello<eos>", "Hello"),
                argumentSet("gemma4", GEMMA4, "Hello<turn|>", "Hello"),
                argumentSet("gemma4, reasoning", GEMMA4, "<|channel>thought\nHm.<channel|>Yes<turn|>", "{Hm.}Yes"),
                argumentSet("gemma4, empty reasoning", GEMMA4, "<|channel>thought\n<channel|>Yes", "Yes"),
                argumentSet(
                        "gemma4, named final",
                        GEMMA4,
                        "<|channel>thought\nx<channel|>\n<|channel>final\nYes",
                        "{x}Yes"),
                argumentSet("harmony without markers", HARMONY, "\n\nHello</s>", "Hello"),
                argumentSet(
                        "harmony, analysis and final",
                        HARMONY,
                        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes<|return|>",
                        "{Hm.}Yes"),
                argumentSet("harmony, final only", HARMONY, "<|channel|>final<|message|>Yes<|return|>", "Yes"),
                argumentSet("harmony, final without an end", HARMONY, "<|channel|>final<|message|>Yes", "Yes"),
                argumentSet("harmony, no channel", HARMONY, "<|message|>Yes<|end|>", "Yes"),
                argumentSet(
                        "harmony, commentary",
                        HARMONY,
                        "<|channel|>commentary to=functions.x <|constrain|>json<|message|>{}<|call|>Yes",
                        "{{}}"),
                argumentSet(
                        "harmony, final with a type",
                        HARMONY,
                        "<|channel|>final <|constrain|>json<|message|>[1]<|return|>",
                        "[1]"),
                argumentSet(
                        "harmony, a foreign turn",
                        HARMONY,
                        "<|channel|>final<|message|>Yes<|end|><|start|>user<|message|>More",
                        "Yes"),
                argumentSet("harmony, a stray marker", HARMONY, "Yes<|end|>", "Yes"),
                argumentSet("harmony, an unfinished marker", HARMONY, "<|channel|>final<|message|>a <|en", "a <|en"),
                argumentSet("bare, leading blanks stay", bare(PromptFormat.PLAIN, "Once"), " upon\n", " upon\n"),
                argumentSet("bare harmony, leading blanks stay", bare(PromptFormat.HARMONY, "Once"), " upon", " upon"),
                argumentSet("bare, reasoning first", bare(PromptFormat.CHATML, "Q"), "\n<think>a</think>\nb", "{a}b"),
                argumentSet("a stop string", stopping(PromptFormat.PLAIN, "END"), "one END two", "one "),
                argumentSet(
                        "the first of several", stopping(PromptFormat.PLAIN, "two", "one"), "zero one two", "zero "),
                argumentSet("of two that end together the longer", stopping(PromptFormat.PLAIN, "c", "bc"), "abc", "a"),
                argumentSet("an overlapping start", stopping(PromptFormat.PLAIN, "aab"), "aaab", "a"),
                argumentSet("half a stop string is text", stopping(PromptFormat.PLAIN, "END"), "one EN", "one EN"),
                argumentSet("a stop string at the start", stopping(PromptFormat.PLAIN, "one"), "one two", ""),
                argumentSet("an empty stop string never stops", stopping(PromptFormat.PLAIN, ""), "one", "one"),
                argumentSet(
                        "reasoning is not stopped",
                        stopping(PromptFormat.CHATML, "END"),
                        "<think>END</think>one END two",
                        "{END}one "),
                argumentSet(
                        "harmony, stopped in the final channel",
                        stopping(PromptFormat.HARMONY, "END"),
                        "<|channel|>analysis<|message|>END<|end|><|start|>assistant<|channel|>final<|message|>a END b<|return|>",
                        "{END}a "),
                argumentSet(
                        "reasoning parts a stop string",
                        stopping(PromptFormat.HARMONY, "END"),
                        "<|channel|>final<|message|>E<|end|><|start|>assistant<|channel|>analysis<|message|>x<|end|>"
                                + "<|start|>assistant<|channel|>final<|message|>ND",
                        "E{x}ND"),
                argumentSet("beyond the basic plane", PLAIN, "<think>🙂</think>🙃!", "{🙂}🙃!"));
    }

    @Test
    void whetherAStopStringEndedTheAnswerIsKnown() {
        AnswerDecoder decoder = decoder(stopping(PromptFormat.PLAIN, "END"));

        decoder.feed("one E");
        assertThat(decoder.stopped()).isFalse();
        decoder.feed("ND");
        assertThat(decoder.stopped()).isTrue();
        assertThat(decoder.feed("more")).isEmpty();
    }

    @Test
    void onlyWhatMayBeTheStartOfAMarkerIsHeldBack() {
        AnswerDecoder decoder = decoder(stopping(PromptFormat.CHATML, "END"));

        assertThat(decoder.feed("Hello")).containsExactly(new CompletionEvent.Text("Hello"));
        assertThat(decoder.feed(" <|im_")).containsExactly(new CompletionEvent.Text(" "));
        assertThat(decoder.feed("x E")).containsExactly(new CompletionEvent.Text("<|im_x "));
        assertThat(decoder.feed("f")).containsExactly(new CompletionEvent.Text("Ef"));
    }

    @Test
    void halfACharacterIsHeldBackUntilItIsWhole() {
        AnswerDecoder decoder = decoder(PLAIN);

        assertThat(decoder.feed("a\uD83D")).containsExactly(new CompletionEvent.Text("a"));
        assertThat(decoder.feed("\uDE42")).containsExactly(new CompletionEvent.Text("🙂"));
    }

    @Test
    void aWholeAnswerWithOnlyTheClosingTagBeganInReasoning() {
        String whole = "Hm.\n</think>\n\nYes";

        assertThat(read(Prompt.of(CHATML, LocalDate.EPOCH).decoderFor(whole), List.of(whole)))
                .isEqualTo("{Hm.\n}Yes");
    }

    @Test
    void aWholeAnswerThatMentionsTheClosingTagIsAnAnswer() {
        String whole = "Write `</think>` at the end.";

        assertThat(read(Prompt.of(CHATML, LocalDate.EPOCH).decoderFor(whole), List.of(whole)))
                .isEqualTo(whole);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void howTheTextIsCutChangesNothing(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<PromptFormat> formats = List.of(PromptFormat.values());
        PromptFormat format = formats.get(random.nextInt(formats.size()));
        List<CompletionRequest> requests = List.of(
                chat(format, user("Hi")),
                bare(format, "Hi"),
                reasoning(format, "high", user("Hi")),
                stopping(format, "aab", "<|", "🙂", "\n\n"));
        CompletionRequest request = requests.get(random.nextInt(requests.size()));
        String raw = raw(random);

        assertThat(read(decoder(request), cut(raw, random))).as(raw).isEqualTo(read(decoder(request), List.of(raw)));
    }

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    private static String raw(RandomGenerator random) {
        List<String> parts = Stream.concat(
                        SpecialTokens.STOPS.stream(),
                        Stream.of(
                                "<think>",
                                "</think>",
                                "<|channel|>",
                                "analysis",
                                "final",
                                "<|message|>",
                                "<|start|>",
                                "assistant",
                                "<|call|>",
                                "<|channel>thought",
                                "<channel|>",
                                "<|im_start|>",
                                "aab",
                                "aa",
                                "b",
                                " ",
                                "\n",
                                "<",
                                "<|",
                                "|>",
                                "🙂",
                                "Hello",
                                "user"))
                .toList();
        StringBuilder raw = new StringBuilder();
        IntStream.range(0, 1 + random.nextInt(14)).forEach(i -> raw.append(parts.get(random.nextInt(parts.size()))));
        return raw.toString();
    }

    private static List<String> cut(String raw, RandomGenerator random) {
        List<String> pieces = new ArrayList<>();
        int longest = 1 + random.nextInt(6);
        for (int from = 0; from < raw.length(); ) {
            int to = Math.min(raw.length(), from + 1 + random.nextInt(longest));
            pieces.add(raw.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private static AnswerDecoder decoder(CompletionRequest request) {
        return Prompt.of(request, LocalDate.EPOCH).decoder();
    }

    /** The answer with reasoning in braces, however it was cut into events. */
    private static String read(AnswerDecoder decoder, List<String> pieces) {
        List<CompletionEvent> events = new ArrayList<>();
        pieces.forEach(piece -> events.addAll(decoder.feed(piece)));
        events.addAll(decoder.finish());
        StringBuilder said = new StringBuilder();
        for (CompletionEvent event : events) {
            switch (event) {
                case CompletionEvent.Text text -> said.append(nonEmpty(text.text()));
                case CompletionEvent.Reasoning text ->
                    said.append('{').append(nonEmpty(text.text())).append('}');
                case CompletionEvent.ToolCallPiece piece -> throw new AssertionError(piece);
                case CompletionEvent.End end -> throw new AssertionError(end);
            }
        }
        return said.toString().replace("}{", "");
    }

    private static String nonEmpty(String text) {
        assertThat(text).isNotEmpty();
        return text;
    }
}
