package network.cortensor.portal.prompt;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The strings that tokenizers take for more than text: whoever can write one of them into a prompt can speak in another role.
 *
 * <p>{@link #broken} covers the special tokens of every format in every format, as an operator may set the wrong one: {@code <|…|>} and
 * {@code <｜…｜>} of whatever name, Gemma 4's {@code <|…>} and {@code <…|>}, Gemma's turns, begin and end of text, the tags of reasoning and
 * tool calls, and the bracketed instructions of older models.
 */
final class SpecialTokens {
    /** Tokens that end an answer, of every model family seen behind routers. They may be left at the end of a text. */
    static final List<String> STOPS = List.of(
            "</s>",
            "<eos>",
            "<|eot_id|>",
            "<|eom_id|>",
            "<|end_of_text|>",
            "<|im_end|>",
            "<|endoftext|>",
            "<end_of_turn>",
            "<turn|>",
            "<|end|>",
            "<|return|>",
            "<｜end▁of▁sentence｜>");

    /** Zero-width space: invisible, and no tokenizer of these families removes it before it looks for tokens. */
    private static final String BREAK = "\u200B";

    /** Names hold no blank, no bracket and no bar, so that operators such as {@code |>} and {@code <|>} in code stay whole. */
    private static final String NAME = "[^<>|｜\\s\u200B]{1,64}";

    private static final Pattern TOKEN = Pattern.compile("<(?=[|｜]" + NAME + "[|｜]?>"
            + "|/?" + NAME + "[|｜]>"
            + "|/?(?:s|bos|eos|pad|unk|mask|start_of_turn|end_of_turn|start_of_image|end_of_image|image_soft_token)>"
            + "|/?(?:think|tool_call|tool_response)>"
            + "|</?SYS>>)"
            + "|\\[(?=/?INST\\])");

    private SpecialTokens() {}

    /** The text with a zero-width space behind the first character of whatever reads like a special token. */
    static String broken(String text) {
        return TOKEN.matcher(text).replaceAll("$0" + BREAK);
    }

    /** A word that is no longer itself to a tokenizer or a pattern, and looks the same to a reader. */
    static String brokenWord(String word) {
        return word.charAt(0) + BREAK + word.substring(1);
    }
}
