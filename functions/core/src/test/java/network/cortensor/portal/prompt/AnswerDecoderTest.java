package network.cortensor.portal.prompt;

import static network.cortensor.portal.prompt.Requests.bare;
import static network.cortensor.portal.prompt.Requests.begun;
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
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.model.SpecialTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerDecoderTest {
    private static final CompletionRequest PLAIN = chat(PromptFormat.PLAIN, user("Hi"));
    private static final CompletionRequest QWEN3 = chat(PromptFormat.QWEN3, user("Hi"));
    private static final CompletionRequest QWEN35 = chat(PromptFormat.QWEN3_5, user("Hi"));
    private static final CompletionRequest GEMMA3 = chat(PromptFormat.GEMMA3, user("Hi"));
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

    @ParameterizedTest
    @MethodSource("answers")
    void rawTextIsReadAlikeAsAWhole(CompletionRequest request, String raw, String expected) {
        assertThat(read(Prompt.of(request, RawText.USUAL, LocalDate.EPOCH).wholeDecoder("c"), List.of(raw)))
                .isEqualTo(expected);
    }

    /** What is expected is the answer, with reasoning in braces. */
    static Stream<Arguments> answers() {
        return Stream.of(plain(), qwen(), gemma(), harmony(), stops()).flatMap(rows -> rows);
    }

    private static Stream<Arguments> plain() {
        return Stream.of(
                argumentSet("plain text", PLAIN, "Hello there", "Hello there"),
                argumentSet("leading blank lines", PLAIN, "\n\nHello", "Hello"),
                argumentSet(
                        "an indent behind blank lines", PLAIN, "\n \n    indented\n    too", "    indented\n    too"),
                argumentSet("the blank of a first word", PLAIN, " What is", "What is"),
                argumentSet("the blank of a first word behind lines", PLAIN, "\n\n What", "What"),
                argumentSet("an indent at the very start", PLAIN, "    indented", "    indented"),
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
                argumentSet(
                        "a broken token is mended",
                        PLAIN,
                        "<\u200Bs>old<\u200B/s> S\u200Bystem: x",
                        "<s>old</s> System: x"),
                argumentSet(
                        "another zero-width space stays",
                        PLAIN,
                        "zero\u200Bwidth <\u200Bb>",
                        "zero\u200Bwidth <\u200Bb>"),
                argumentSet("bare, leading blanks stay", bare(PromptFormat.PLAIN, "Once"), " upon\n", " upon\n"),
                argumentSet(
                        "a begun answer goes on as it stands",
                        begun(PromptFormat.PLAIN),
                        " b\n <two> c",
                        " b\n <two> c"),
                argumentSet("plain, a begun answer's stray tag", begun(PromptFormat.PLAIN), " b\n</think>", " b\n"),
                argumentSet("plain, about tags", PLAIN, "Use <think> and </think>.", "Use <think> and </think>."),
                argumentSet("plain, about a closing tag", PLAIN, "Write `</think>`.", "Write `</think>`."),
                argumentSet(
                        "plain, text before reasoning", PLAIN, "Sure.\n<think>Hm</think>\n\nYes", "Sure.\n{Hm}\n\nYes"),
                argumentSet(
                        "plain, others' tags are text", PLAIN, "<tool_call>x</tool_call>", "<tool_call>x</tool_call>"),
                argumentSet("gemma3, reasoning", GEMMA3, "<think>\nHm\n</think>\n\nYes<end_of_turn>", "{Hm}Yes"),
                argumentSet("beyond the basic plane", PLAIN, "<think>🙂</think>🙃!", "{🙂}🙃!"));
    }

    private static Stream<Arguments> qwen() {
        return Stream.of(
                argumentSet("qwen3, no tags", QWEN3, "Hello<|im_end|>", "Hello"),
                argumentSet("qwen3, reasoning", QWEN3, "<think>\nHm.\n</think>\n\nYes<|im_end|>", "{Hm.}Yes"),
                argumentSet("qwen3, empty reasoning", QWEN3, "<think>\n\n</think>\n\nYes", "Yes"),
                argumentSet("qwen3, reasoning without an end", QWEN3, "<think>Hm.", "{Hm.}"),
                argumentSet("qwen3, two blocks", QWEN3, "<think>a</think>\n\n<think>b</think>\n\nc", "{a\n\nb}c"),
                argumentSet("qwen3, about tags", QWEN3, "Use <think> and </think>.", "Use <think> and </think>."),
                argumentSet(
                        "qwen3, about a closing tag",
                        QWEN3,
                        "Write `</think>` at the end.",
                        "Write `</think>` at the end."),
                argumentSet("qwen3, closing tag only", QWEN3, "Hm, greet.\n</think>\n\nHello!", "{Hm, greet.}Hello!"),
                argumentSet("qwen3, closing tag only, same line", QWEN3, "greet.</think>\n\nHello!", "{greet.}Hello!"),
                argumentSet("qwen3, closing tag only, no border", QWEN3, "say \"hi\"</think>Hi", "{say \"hi\"}Hi"),
                argumentSet("qwen3, closing tag only, indent", QWEN3, "\nHm\n</think>\n\n    x = 1", "{Hm}    x = 1"),
                argumentSet("qwen3, a stray end of reasoning first", QWEN3, "</think>\n\nYes", "Yes"),
                argumentSet("qwen3, two ends of reasoning", QWEN3, "<think>a</think></think>\n\nYes", "{a}Yes"),
                argumentSet("qwen3, almost a tag", QWEN3, "<thing>", "<thing>"),
                argumentSet("qwen3, doubled bracket", QWEN3, "<think><</think>>", "{<}>"),
                argumentSet("qwen3, past its turn", QWEN3, "Yes<|im_end|>\n<|im_start|>user\nMore", "Yes"),
                argumentSet("qwen3, past its turn without an end", QWEN3, "Yes<|im_start|>user\nMore", "Yes"),
                argumentSet(
                        "qwen3, text before reasoning",
                        QWEN3,
                        "Sure.\n<think>\nHm\n</think>\n\nYes",
                        "Sure.\n{Hm}\n\nYes"),
                argumentSet(
                        "qwen3, tags in code",
                        QWEN3,
                        "```\n<think>\nx\n</think>\n```\nok",
                        "```\n<think>\nx\n</think>\n```\nok"),
                argumentSet(
                        "qwen3.5, closing tag only",
                        QWEN35,
                        "Hm, greet.\n</think>\n\nHello!<|im_end|>",
                        "{Hm, greet.}Hello!"),
                argumentSet("qwen3.5, same line", QWEN35, "greet.</think>Hello!", "{greet.}Hello!"),
                argumentSet("qwen3.5, opens what the prompt opened", QWEN35, "<think>\nHm.</think>Yes", "{Hm.}Yes"),
                argumentSet("qwen3.5, nothing but reasoning", QWEN35, "Hm.\n\nWell", "{Hm.\n\nWell}"),
                argumentSet("qwen3.5, blank lines in reasoning", QWEN35, "a\n\n\nb\n\n</think>\n\nc", "{a\n\n\nb}c"),
                argumentSet("qwen3.5, an indented answer", QWEN35, "a\n</think>\n\n    indented", "{a}    indented"),
                argumentSet(
                        "qwen3.5, control tokens in the answer",
                        QWEN35,
                        "a</think>x<|vision_pad|>y<|fim_pad|>z",
                        "{a}xyz"),
                argumentSet("qwen3.5, a stray end later", QWEN35, "a</think>\n\nYes\n</think>\nNo", "{a}Yes\n\nNo"),
                argumentSet("qwen3.5, a stray end in a line", QWEN35, "a</think>b</think>c", "{a}bc"),
                argumentSet("qwen3.5, a stray call's end", QWEN35, "a</think>b</tool_call>", "{a}b"),
                argumentSet(
                        "qwen3.5, about calls", QWEN35, "a</think>Say <tool_call> first", "{a}Say <tool_call> first"),
                argumentSet(
                        "qwen3.5, makes up a result",
                        QWEN35,
                        "a</think>b\n<tool_response>\nc\n</tool_response>",
                        "{a}b\n"),
                argumentSet(
                        "qwen3.5, mends its own tokens",
                        QWEN35,
                        "a</think><\u200B/think> <\u200B|im_end|>",
                        "{a}</think> <|im_end|>"),
                argumentSet("qwen3.5, mends reasoning", QWEN35, "<\u200Bthink>\n</think>x", "{<think>}x"),
                argumentSet(
                        "qwen3.5, others' tokens are text",
                        QWEN35,
                        "a</think><s>old</s> <turn|>x",
                        "{a}<s>old</s> <turn|>x"),
                argumentSet(
                        "qwen3.5, thinking off",
                        reasoning(PromptFormat.QWEN3_5, "none", user("Hi")),
                        "\nHello",
                        "Hello"),
                argumentSet(
                        "qwen3.5, thinking off, thinks",
                        reasoning(PromptFormat.QWEN3_5, "none", user("Hi")),
                        "<think>\nHm\n</think>\n\nHi",
                        "{Hm}Hi"),
                argumentSet("qwen3.5, a begun answer", begun(PromptFormat.QWEN3_5), " two\n", " two\n"),
                argumentSet("bare, reasoning first", bare(PromptFormat.QWEN3, "Q"), "\n<think>a</think>\nb", "{a}b"),
                argumentSet("bare, blanks stay", bare(PromptFormat.QWEN3_5, "Q"), "\n upon", "\n upon"));
    }

    private static Stream<Arguments> gemma() {
        return Stream.of(
                argumentSet("gemma3", GEMMA3, "Hello<end_of_turn>\n<start_of_turn>user\nMore", "Hello"),
                argumentSet("gemma3, end of text", GEMMA3, "Hello<eos>", "Hello"),
                argumentSet("gemma3, mended", GEMMA3, "<\u200Bpad> <\u200Bs>", "<pad> <\u200Bs>"),
                argumentSet("gemma4", GEMMA4, "Hello<turn|>", "Hello"),
                argumentSet("gemma4, reasoning", GEMMA4, "<|channel>thought\nHm.<channel|>Yes<turn|>", "{Hm.}Yes"),
                argumentSet(
                        "gemma4, reasoning with its border",
                        GEMMA4,
                        "<|channel>thought\nHm.\n<channel|>\nYes",
                        "{Hm.}Yes"),
                argumentSet("gemma4, empty reasoning", GEMMA4, "<|channel>thought\n<channel|>Yes", "Yes"),
                argumentSet(
                        "gemma4, named final",
                        GEMMA4,
                        "<|channel>thought\nx<channel|>\n<|channel>final\nYes",
                        "{x}Yes"),
                argumentSet("gemma4, final closed", GEMMA4, "<|channel>final\nYes<channel|>", "Yes"),
                argumentSet(
                        "gemma4, text before a channel",
                        GEMMA4,
                        "Hello. <|channel>thought\nHm<channel|>Yes",
                        "Hello. {Hm}\n\nYes"),
                argumentSet(
                        "gemma4, a channel without its label",
                        GEMMA4,
                        "<|channel>Hm, greet.<channel|>Yes",
                        "{Hm, greet.}Yes"),
                argumentSet("gemma4, a channel with an empty label", GEMMA4, "<|channel>\nHm<channel|>Yes", "{Hm}Yes"),
                argumentSet(
                        "gemma4, a word that only begins like a label",
                        GEMMA4,
                        "<|channel>thoughtful<channel|>Yes",
                        "{thoughtful}Yes"),
                argumentSet(
                        "gemma4, label on one line with the thought",
                        GEMMA4,
                        "<|channel>thought Hm<channel|>Yes",
                        "{Hm}Yes"),
                argumentSet(
                        "gemma4, another label", GEMMA4, "<|channel>analysis\nHm<channel|>Yes", "{analysis\nHm}Yes"),
                argumentSet("gemma4, reasoning without an end", GEMMA4, "<|channel>thought\nHm", "{Hm}"),
                argumentSet("gemma4, only a channel's mark", GEMMA4, "<|channel>", ""),
                argumentSet("gemma4, a closer only", GEMMA4, "Hello<channel|> there", "Hello\n\nthere"),
                argumentSet(
                        "gemma4, two thoughts",
                        GEMMA4,
                        "<|channel>thought\na<channel|><|channel>thought\nb<channel|>c",
                        "{a\n\nb}c"),
                argumentSet("gemma4, what is left of an empty channel", GEMMA4, "thought\n\nHello", "Hello"),
                argumentSet("gemma4, a thought about", GEMMA4, "thoughts are free", "thoughts are free"),
                argumentSet("gemma4, control tokens", GEMMA4, "a<|image|>b<|think|><pad>c<unused42>d", "abcd"),
                argumentSet("gemma4, half a mark", GEMMA4, "a <|chan", "a <|chan"),
                argumentSet("gemma4, an indented answer", GEMMA4, "    x = 1", "    x = 1"),
                argumentSet("gemma4, mended", GEMMA4, "<\u200B|turn> <\u200B|im_end|>", "<|turn> <\u200B|im_end|>"),
                argumentSet("gemma4, a begun answer", begun(PromptFormat.GEMMA4), " two<turn|>", " two"));
    }

    private static Stream<Arguments> harmony() {
        return Stream.of(
                argumentSet("harmony without marks", HARMONY, "\n\nHello</s>", "Hello"),
                argumentSet(
                        "analysis and final",
                        HARMONY,
                        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes<|return|>",
                        "{Hm.}Yes"),
                argumentSet("final only", HARMONY, "<|channel|>final<|message|>Yes<|return|>", "Yes"),
                argumentSet("final ended as a message", HARMONY, "<|channel|>final<|message|>Yes<|end|>", "Yes"),
                argumentSet("final without an end", HARMONY, "<|channel|>final<|message|>Yes", "Yes"),
                argumentSet("no channel", HARMONY, "<|message|>Yes<|end|>", "Yes"),
                argumentSet("the role said again", HARMONY, "assistant<|channel|>final<|message|>Hello!", "Hello!"),
                argumentSet(
                        "the whole start said again",
                        HARMONY,
                        "<|start|>assistant<|channel|>final<|message|>Hello!",
                        "Hello!"),
                argumentSet("the role said again, no channel", HARMONY, "assistant<|message|>Hello!", "Hello!"),
                argumentSet("assistants are people", HARMONY, "assistants help", "assistants help"),
                argumentSet(
                        "marks left out",
                        HARMONY,
                        "analysisThe user greets.assistantfinalHello!",
                        "{The user greets.}Hello!"),
                argumentSet("marks left out, role first", HARMONY, "assistantanalysisHm.assistantfinalHi", "{Hm.}Hi"),
                argumentSet("marks left out, final only", HARMONY, "finalHello!", "Hello!"),
                argumentSet("marks left out, role and final", HARMONY, "assistantfinalhello!", "hello!"),
                argumentSet(
                        "marks left out, code first",
                        HARMONY,
                        "analysis`ls` lists.assistantfinalHi",
                        "{`ls` lists.}Hi"),
                argumentSet(
                        "marks left out, a list first", HARMONY, "analysis[1, 2] is.assistantfinal3", "{[1, 2] is.}3"),
                argumentSet("marks left out, a quotation first", HARMONY, "analysis“Hi”.assistantfinalHi", "{“Hi”.}Hi"),
                argumentSet("marks left out, a tag first", HARMONY, "analysis<b> is.assistantfinal<b>", "{<b> is.}<b>"),
                argumentSet("an analysis with a name's rest", HARMONY, "analysis_2.csv has", "analysis_2.csv has"),
                argumentSet(
                        "marks left out, a preamble",
                        HARMONY,
                        "commentaryLet me see.assistantfinalYes",
                        "Let me see.\n\nYes"),
                argumentSet(
                        "marks left out, a preamble behind a thought",
                        HARMONY,
                        "analysisHm.assistantcommentaryI look.assistantanalysisSo.assistantfinalYes",
                        "{Hm.}I look.{\n\nSo.}\n\nYes"),
                argumentSet("a commentary is an answer", HARMONY, "commentary on the poem", "commentary on the poem"),
                argumentSet("commentary to somebody", HARMONY, "commentary to the poem", "commentary to the poem"),
                argumentSet("a Commentary is an answer", HARMONY, "Commentary: good", "Commentary: good"),
                argumentSet("marks left out, cut in analysis", HARMONY, "analysisThe user", "{The user}"),
                argumentSet(
                        "an analysis is an answer", HARMONY, "Analysis of the poem: it", "Analysis of the poem: it"),
                argumentSet("a small analysis is an answer", HARMONY, "analysis of the poem", "analysis of the poem"),
                argumentSet("an analysis with a colon", HARMONY, "analysis: good", "analysis: good"),
                argumentSet("finally", HARMONY, "finally, it", "finally, it"),
                argumentSet(
                        "commentary to nobody is the answer's beginning",
                        HARMONY,
                        "<|channel|>commentary<|message|>Let me"
                                + " see.<|end|><|start|>assistant<|channel|>final<|message|>Yes",
                        "Let me see.\n\nYes"),
                argumentSet(
                        "two thoughts",
                        HARMONY,
                        "<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>analysis<|message|>b<|end|>"
                                + "<|start|>assistant<|channel|>final<|message|>c",
                        "{a\n\nb}c"),
                argumentSet(
                        "final with a type",
                        HARMONY,
                        "<|channel|>final <|constrain|>json<|message|>[1]<|return|>",
                        "[1]"),
                argumentSet("an indented answer", HARMONY, "<|channel|>final<|message|>    x = 1", "    x = 1"),
                argumentSet(
                        "an unknown channel",
                        HARMONY,
                        "<|channel|>reflection<|message|>Hm<|end|><|channel|>final<|message|>x",
                        "{Hm}x"),
                argumentSet(
                        "a foreign turn",
                        HARMONY,
                        "<|channel|>final<|message|>Yes<|end|><|start|>user<|message|>More",
                        "Yes"),
                argumentSet("a stray mark", HARMONY, "Yes<|end|>", "Yes"),
                argumentSet("an unfinished mark", HARMONY, "<|channel|>final<|message|>a <|en", "a <|en"),
                argumentSet("an unfinished header", HARMONY, "<|channel|>fin", ""),
                argumentSet("control tokens", HARMONY, "<|channel|>final<|message|>a<|endoftext|>b<|refusal|>c", "abc"),
                argumentSet("a reserved token", HARMONY, "<|channel|>final<|message|>a<|reserved_200017|>b", "ab"),
                argumentSet(
                        "almost a reserved token",
                        HARMONY,
                        "<|channel|>final<|message|>a<|reserved_x<|end|>",
                        "a<|reserved_x"),
                argumentSet(
                        "half a reserved token",
                        HARMONY,
                        "<|channel|>final<|message|>a<|reserved_20",
                        "a<|reserved_20"),
                argumentSet(
                        "others' tokens are text",
                        HARMONY,
                        "<|channel|>final<|message|><s>old</s> <turn|>.",
                        "<s>old</s> <turn|>."),
                argumentSet(
                        "mended", HARMONY, "<|channel|>final<|message|><\u200B|end|> <\u200Bs>", "<|end|> <\u200Bs>"),
                argumentSet("a begun answer", begun(PromptFormat.HARMONY), " two<|return|>", " two"),
                argumentSet("bare harmony, leading blanks stay", bare(PromptFormat.HARMONY, "Once"), " upon", " upon"));
    }

    private static Stream<Arguments> stops() {
        return Stream.of(
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
                        stopping(PromptFormat.QWEN3_5, "END"),
                        "END</think>one END two",
                        "{END}one "),
                argumentSet(
                        "harmony, stopped in the final channel",
                        stopping(PromptFormat.HARMONY, "END"),
                        "<|channel|>analysis<|message|>END<|end|><|start|>assistant<|channel|>final<|message|>a END"
                                + " b<|return|>",
                        "{END}a "),
                argumentSet(
                        "reasoning parts a stop string",
                        stopping(PromptFormat.HARMONY, "END"),
                        "<|channel|>final<|message|>E<|end|><|start|>assistant<|channel|>analysis<|message|>x<|end|>"
                                + "<|start|>assistant<|channel|>final<|message|>ND",
                        "E{x}\n\nND"));
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
    void onlyWhatMayBeTheStartOfAMarkIsHeldBack() {
        AnswerDecoder decoder = decoder(stopping(PromptFormat.PLAIN, "END"));

        assertThat(decoder.feed("Hello")).containsExactly(new CompletionEvent.Text("Hello"));
        assertThat(decoder.feed(" <|im_")).containsExactly(new CompletionEvent.Text(" "));
        assertThat(decoder.feed("x E")).containsExactly(new CompletionEvent.Text("<|im_x "));
        assertThat(decoder.feed("f")).containsExactly(new CompletionEvent.Text("Ef"));
    }

    @Test
    void aStreamLooksAheadForAClosingTagNoFurtherThanItSays() {
        AnswerDecoder decoder = decoder(QWEN3);
        String longest = "x".repeat(TaggedAnswer.LOOK_AHEAD);

        assertThat(decoder.feed(longest)).isEmpty();
        assertThat(decoder.feed("y")).containsExactly(new CompletionEvent.Text(longest + "y"));
        assertThat(read(
                        Prompt.of(QWEN3, RawText.USUAL, LocalDate.EPOCH).wholeDecoder("c"),
                        List.of(longest + "y</think>z")))
                .isEqualTo("{" + longest + "y}z");
    }

    /** Where no model is known to reason, a stream is not held back: only whole answers can tell that all before a closing tag was thought. */
    @ParameterizedTest
    @MethodSource("closers")
    void aClosingTagAloneEndsReasoningInAWholeAnswerAndIsDroppedFromAStream(
            CompletionRequest request, String raw, String whole, String streamed) {
        Prompt prompt = Prompt.of(request, RawText.USUAL, LocalDate.EPOCH);

        assertThat(read(prompt.wholeDecoder("c"), List.of(raw))).isEqualTo(whole);
        assertThat(read(prompt.decoder("c"), List.of(raw))).isEqualTo(streamed);
    }

    static Stream<Arguments> closers() {
        return Stream.of(
                argumentSet("plain", PLAIN, "Hm, greet.\n</think>\n\nHi", "{Hm, greet.}Hi", "Hm, greet.\n\n\nHi"),
                argumentSet("plain, same line", PLAIN, "greet.</think>Hi", "{greet.}Hi", "greet.Hi"),
                argumentSet("plain, twice", PLAIN, "a</think>b</think>c", "{a}bc", "abc"),
                argumentSet("gemma3", GEMMA3, "Hm\n</think>Yes<end_of_turn>", "{Hm}Yes", "Hm\nYes"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whetherAnAnswerWasCutShowsInItsRawText(
            CompletionRequest request, String raw, boolean ended, boolean unfinished) {
        AnswerDecoder decoder = decoder(request);
        decoder.feed(raw);
        decoder.finish();

        assertThat(decoder.ended()).isEqualTo(ended);
        assertThat(decoder.unfinished()).isEqualTo(unfinished);
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                argumentSet("harmony, in analysis", HARMONY, "<|channel|>analysis<|message|>Hm", false, true),
                argumentSet("harmony, in bare analysis", HARMONY, "analysisHm", false, true),
                argumentSet(
                        "harmony, in a header",
                        HARMONY,
                        "<|channel|>analysis<|message|>Hm<|end|><|start|>assist",
                        false,
                        true),
                argumentSet("harmony, in final", HARMONY, "<|channel|>final<|message|>Yes", false, false),
                argumentSet("harmony, returned", HARMONY, "<|channel|>final<|message|>Yes<|return|>", true, false),
                argumentSet("harmony, stopped by another family's token", HARMONY, "Yes</s>", true, false),
                argumentSet("qwen3.5, in reasoning", QWEN35, "Hm", false, true),
                argumentSet("qwen3.5, in the answer", QWEN35, "Hm</think>Yes", false, false),
                argumentSet("qwen3.5, ended", QWEN35, "Hm</think>Yes<|im_end|>", true, false),
                argumentSet("qwen3, in reasoning", QWEN3, "<think>Hm", false, true),
                argumentSet("gemma4, in a channel", GEMMA4, "<|channel>thought\nHm", false, true),
                argumentSet("gemma4, in a label", GEMMA4, "<|channel>th", false, true),
                argumentSet("gemma4, ended", GEMMA4, "Yes<turn|>", true, false));
    }

    @ParameterizedTest
    @MethodSource("sights")
    void whatAServerDoesToSpecialTokensShowsInTheRawText(CompletionRequest request, String raw, SpecialTokens seen) {
        AnswerDecoder decoder = decoder(request);
        decoder.feed(raw);
        decoder.finish();

        assertThat(decoder.specialTokens()).isEqualTo(seen);
    }

    static Stream<Arguments> sights() {
        return Stream.of(
                argumentSet("gemma4, a channel", GEMMA4, "<|channel>thought\n<channel|>OK", SpecialTokens.KEPT),
                argumentSet("gemma4, a label alone", GEMMA4, "thought\n* OK", SpecialTokens.STRIPPED),
                argumentSet("gemma4, an answer alone", GEMMA4, "OK", SpecialTokens.UNKNOWN),
                argumentSet("gemma4, an answer and its end", GEMMA4, "OK<turn|>", SpecialTokens.KEPT),
                argumentSet("gemma4, another family's end", GEMMA4, "OK</s>", SpecialTokens.UNKNOWN),
                argumentSet("gemma4, an end and nothing else", GEMMA4, "thought\nOK<turn|>", SpecialTokens.STRIPPED),
                argumentSet("qwen3, an answer and its end", QWEN3, "OK<|im_end|>", SpecialTokens.KEPT),
                argumentSet("harmony, marks", HARMONY, "<|channel|>final<|message|>OK", SpecialTokens.KEPT),
                argumentSet("harmony, none", HARMONY, "analysisHm.assistantfinalOK", SpecialTokens.STRIPPED),
                argumentSet("harmony, an answer alone", HARMONY, "OK", SpecialTokens.UNKNOWN),
                argumentSet("gemma3, tags are text", GEMMA3, "<think>Hm</think>OK", SpecialTokens.UNKNOWN));
    }

    @Test
    void halfACharacterIsHeldBackUntilItIsWhole() {
        AnswerDecoder decoder = decoder(PLAIN);

        assertThat(decoder.feed("a\uD83D")).containsExactly(new CompletionEvent.Text("a"));
        assertThat(decoder.feed("\uDE42")).containsExactly(new CompletionEvent.Text("🙂"));
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
                stopping(format, "aab", "<|", "🙂", "\n\n"),
                begun(format));
        CompletionRequest request = requests.get(random.nextInt(requests.size()));
        String raw = raw(random);

        assertThat(read(decoder(request), cut(raw, random))).as(raw).isEqualTo(read(decoder(request), List.of(raw)));
    }

    static LongStream seeds() {
        return LongStream.range(0, 1_000);
    }

    private static String raw(RandomGenerator random) {
        List<String> parts = Stream.concat(
                        Marks.STOPS.stream(),
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
                                "<|channel>thought\n",
                                "<|channel>",
                                "thought\n",
                                "assistantfinal",
                                "\u200B",
                                "<|reserved_20",
                                "<unused7>",
                                "`",
                                "<tool_call>",
                                " to=functions.x",
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
        return Prompt.of(request, RawText.USUAL, LocalDate.EPOCH).decoder("c");
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
