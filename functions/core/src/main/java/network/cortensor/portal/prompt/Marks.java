package network.cortensor.portal.prompt;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The strings that a format's tokenizer takes for more than text. A customer who could write one of them into a prompt could speak in another role.
 *
 * <p>{@link #broken} puts a zero-width space behind the first character of each, and {@link Mending} takes it out of the answer again, so
 * that a model that copies a customer's text returns the customer's text. Only the format's own tokens are broken: to the others a
 * tokenizer is blind. The plain format has no vocabulary of its own, so there whatever any known family writes is broken.
 *
 * <p>What was broken before is broken once more, so that mending gives back exactly what stood there.
 */
final class Marks {
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
    static final char BREAK = '\u200B';

    /** Special tokens of o200k_harmony, as openai-harmony 0.0.8 names them. */
    static final Marks HARMONY = new Marks("\\|(?:start|end|message|channel|constrain|return|call|refusal"
            + "|startoftext|endoftext|endofprompt|untrusted|end_untrusted|meta_sep|meta_end|reserved_\\d+)\\|>");

    /** Added tokens of Qwen 3 to 3.5. */
    static final Marks QWEN = new Marks("\\|(?:im_start|im_end|endoftext|repo_name|file_sep"
            + "|(?:object_ref|box|quad|vision|audio)_(?:start|end)|(?:vision|image|video|audio|fim)_pad"
            + "|fim_(?:prefix|middle|suffix))\\|>"
            + "|/?(?:think|tool_call|tool_response)>"
            + "|tts_(?:pad|text_bos|text_eod|text_bos_single)>");

    static final Marks GEMMA3 =
            new Marks("(?:bos|eos|pad|unk|mask|start_of_turn|end_of_turn|start_of_image|end_of_image"
                    + "|image_soft_token|unused\\d+)>");

    /** Of Gemma 4's mark for a quotation mark; in the JSON of a call's arguments it has a backslash. */
    private static final String QUOTE = "\\\\?\"";

    static final Marks GEMMA4 = new Marks("(?:bos|eos|pad|unk|mask|unused\\d+)>"
            + "|\\|(?:turn|channel|tool|tool_call|tool_response|image|audio|video|" + QUOTE + ")>"
            + "|(?:turn|channel|tool|tool_call|tool_response|image|audio|video)\\|>"
            + "|\\|(?:think|image|audio|video|" + QUOTE + ")\\|>");

    /** Names hold no blank, no bracket and no bar, so that operators such as {@code |>} and {@code <|>} in code stay whole. */
    private static final String NAME = "[^<>|｜\\s\u200B]{1,64}";

    /** Whatever any known family writes, for models of unknown families. */
    static final Marks ANY = new Marks("[|｜]" + NAME + "[|｜]?>"
            + "|/?" + NAME + "[|｜]>"
            + "|/?(?:s|bos|eos|pad|unk|mask|start_of_turn|end_of_turn|start_of_image|end_of_image|image_soft_token)>"
            + "|/?(?:think|tool_call|tool_response)>"
            + "|</?SYS>>");

    /** The bracketed instructions of older models. */
    private static final Pattern INSTRUCTION = Pattern.compile("\\[" + BREAK + "*(?=/?INST\\])");

    private static final Pattern INSTRUCTION_REST = Pattern.compile("/?INST\\]");

    /** Words that begin a line of the plain format, which {@link Plain} breaks, without their first letters. */
    private static final Pattern ROLE_REST =
            Pattern.compile("(?:ystem|eveloper|ser|uman|ssistant|ool)[ \\t*_)\\]]*[:：]", Pattern.CASE_INSENSITIVE);

    private static final String ROLE_INITIALS = "sduhatSDUHAT";

    private final Pattern breakable;
    private final Pattern broken;
    private final Pattern whole;

    /** @param names of the tokens, without the bracket that all of them begin with */
    private Marks(String names) {
        this.breakable = Pattern.compile("<" + BREAK + "*(?=" + names + ")");
        this.broken = Pattern.compile(names);
        this.whole = Pattern.compile("<(?:" + names + ")");
    }

    /** The text with a zero-width space behind the first character of whatever is a token of the format. */
    String broken(String text) {
        String once = breakable.matcher(text).replaceAll("$0" + BREAK);
        return this == ANY ? INSTRUCTION.matcher(once).replaceAll("$0" + BREAK) : once;
    }

    /** Whether something that is broken may begin with this character. */
    boolean opens(char first) {
        return first == '<' || (this == ANY && (first == '[' || ROLE_INITIALS.indexOf(first) >= 0));
    }

    /** What the text, which begins behind a first character and its breaks, has to do with what is broken. */
    @SuppressWarnings("JdkObsolete") // Text comes in pieces: whether more of it could match is the question.
    Found find(char first, String rest) {
        Pattern pattern = first == '<' ? broken : first == '[' ? INSTRUCTION_REST : ROLE_REST;
        Matcher matcher = pattern.matcher(rest);
        if (matcher.lookingAt()) {
            return Found.TOKEN;
        }
        return matcher.hitEnd() ? Found.PERHAPS : Found.TEXT;
    }

    /** Every token of the format in a text. */
    Matcher in(String text) {
        return whole.matcher(text);
    }

    /** A word that is no longer itself to a tokenizer or a pattern, and looks the same to a reader. */
    static String brokenWord(String word) {
        return word.charAt(0) + String.valueOf(BREAK) + word.substring(1);
    }

    enum Found {
        TOKEN,
        /** The text is too short to tell. */
        PERHAPS,
        TEXT
    }
}
