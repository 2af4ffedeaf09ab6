package network.cortensor.portal.prompt;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import network.cortensor.portal.model.PromptFormat;

/**
 * One prompt format: how a conversation is written for a model, and how the model's answer is read.
 *
 * <p>No format writes the token that begins a text ({@code <bos>} and its like): servers add it when they tokenise, and two of them
 * make answers worse.
 */
sealed interface Template permits Plain, Chatml, Gemma, Gemma4, Harmony {

    static Template of(PromptFormat format) {
        return switch (format) {
            case PLAIN -> new Plain();
            case CHATML -> new Chatml();
            case GEMMA -> new Gemma();
            case GEMMA4 -> new Gemma4();
            case HARMONY -> new Harmony();
        };
    }

    /** @param turns with special tokens broken */
    Written write(List<Turn> turns, Effort effort, LocalDate today);

    /** Tokens after which the model's turn is over, wherever they stand. Others' stop tokens are taken off the end only. */
    Set<String> turnEnds();

    /** A reader for one answer. */
    Structure structure(Opening opening);

    /** What an answer was the continuation of, now that all of it is known. */
    default Opening openingOf(String whole, Opening expected) {
        return expected;
    }

    /** @param opening what {@code text} leaves the model in the middle of */
    record Written(String text, Opening opening) {}
}
