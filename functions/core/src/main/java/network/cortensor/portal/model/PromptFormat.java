package network.cortensor.portal.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a model expects a conversation to be written as one prompt; needed for routers that take prompts only. Formats are versions: the next
 * generation of a family may write the same conversation in another way, and is then a format of its own.
 */
public enum PromptFormat {
    /** Role names and colons, for models without a published template. */
    PLAIN("plain"),
    /** {@code <|im_start|>role … <|im_end|>} as Qwen 3 has it: the model decides by itself whether to reason. */
    QWEN3("qwen3", "chatml"),
    /** The same marks as Qwen 3.5 has them (4B and larger): the prompt opens the reasoning, or closes it in advance. */
    QWEN3_5("qwen3.5"),
    /** Qwen 3.5 0.8B and 2B, which reason only if they are asked to. */
    QWEN3_5_SMALL("qwen3.5-small"),
    /** {@code <start_of_turn>role … <end_of_turn>}: Gemma 1 to 3. */
    GEMMA3("gemma3", "gemma"),
    /** {@code <|turn>role … <turn|>}: Gemma 4 12B, 26B and 31B, whose control tokens are all new. */
    GEMMA4("gemma4"),
    /** Gemma 4 E2B and E4B: as their larger siblings, but an empty channel in advance makes their thoughts spill into the answer. */
    GEMMA4_SMALL("gemma4-small"),
    /** Channels and messages of the gpt-oss family. */
    HARMONY("harmony");

    private final String word;
    private final Optional<String> formerWord;

    PromptFormat(String word) {
        this.word = word;
        this.formerWord = Optional.empty();
    }

    PromptFormat(String word, String formerWord) {
        this.word = word;
        this.formerWord = Optional.of(formerWord);
    }

    /** The word in tables and files. */
    public String word() {
        return word;
    }

    /** A word from before formats had versions. Items that have it keep working. */
    public Optional<String> formerWord() {
        return formerWord;
    }

    /** The format of that word, be it today's or a former one. */
    public static Optional<PromptFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word)
                        || format.formerWord.filter(word::equals).isPresent())
                .findFirst();
    }

    /** Today's words, for people. */
    public static String words() {
        return Arrays.stream(values()).map(PromptFormat::word).collect(Collectors.joining(", "));
    }
}
