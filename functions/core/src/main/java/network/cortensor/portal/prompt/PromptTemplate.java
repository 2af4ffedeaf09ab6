package network.cortensor.portal.prompt;

import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.model.PromptFormat;

/** One prompt format: how a conversation is written for a model, and how the model's answer is read. */
sealed interface PromptTemplate permits Plain, Qwen3, Qwen35, Gemma3, Gemma4, Harmony {

    static PromptTemplate of(PromptFormat format) {
        return switch (format) {
            case PLAIN -> new Plain();
            case QWEN3 -> new Qwen3();
            case QWEN3_5 -> new Qwen35(Effort.MEDIUM);
            case QWEN3_5_SMALL -> new Qwen35(Effort.NONE);
            case GEMMA3 -> new Gemma3();
            case GEMMA4 -> new Gemma4(Gemma4.Size.LARGE);
            case GEMMA4_SMALL -> new Gemma4(Gemma4.Size.SMALL);
            case HARMONY -> new Harmony();
        };
    }

    Written write(Brief brief);

    /** What the model's tokenizer takes for more than text. */
    Marks marks();

    /** The token that begins every text, for servers that do not write it themselves. */
    default String bos() {
        return "";
    }

    /**
     * Whether reasoning can be told from the answer only by marks that many servers leave out. Such a model is asked to reason only where
     * the marks are known to arrive.
     */
    default boolean reasonsBetweenSpecialTokens() {
        return false;
    }

    /** Whether an answer goes on behind a call. */
    default boolean callsInParallel() {
        return true;
    }

    /** An earlier answer as the customer sent it back, which may hold its reasoning between the format's tags. */
    default Said said(String text) {
        return new Said(Optional.empty(), text);
    }

    /** Tokens after which the model's turn is over, wherever they stand. Others' stop tokens are taken off the end only. */
    Set<String> turnEnds();

    /** Stop tokens of any family that servers leave at the end of a text, but for those that the format's own reader knows. */
    default Set<String> strayEnds() {
        return Set.copyOf(Marks.STOPS);
    }

    /** A reader for one answer. */
    Structure structure(Opening opening, OfferedFunctions offer, Arrival arrival);

    /** @param opening what {@code text} leaves the model in the middle of */
    record Written(String text, Opening opening) {}

    /** @param reasoning empty if none was between tags */
    record Said(Optional<String> reasoning, String text) {}
}
