package network.cortensor.portal.prompt;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The Qwen family's format, as in the chat template of Qwen 3: no system text of its own, no reasoning in earlier turns.
 *
 * <p>Whether a model reasons is left to it unless the customer says: no effort is an empty reasoning block, as the templates of Qwen 3 and
 * 3.5 write it; a wished one is an opened block, as that of Qwen 3.5 writes it. With neither, both generations write the opening tag
 * themselves if they reason, and models that never do are not led into a block that they would not close.
 */
record Chatml() implements Template {
    private static final String START = "<|im_start|>";
    private static final String END = "<|im_end|>";

    @Override
    public Written write(List<Turn> turns, Effort effort, LocalDate today) {
        StringBuilder prompt = new StringBuilder();
        for (Turn turn : turns) {
            prompt.append(START)
                    .append(turn.speaker().name().toLowerCase(Locale.ROOT))
                    .append('\n')
                    .append(turn.text())
                    .append(END)
                    .append('\n');
        }
        prompt.append(START).append("assistant\n");
        return switch (effort) {
            case UNSET -> new Written(prompt.toString(), Opening.TURN);
            case NONE -> new Written(prompt.append("<think>\n\n</think>\n\n").toString(), Opening.TURN);
            case LOW, MEDIUM, HIGH -> new Written(prompt.append("<think>\n").toString(), Opening.REASONING);
        };
    }

    @Override
    public Set<String> turnEnds() {
        return Set.of(START, END, "<|endoftext|>");
    }

    @Override
    public Structure structure(Opening opening) {
        return new TaggedReasoning(TaggedReasoning.Tags.THINK, opening);
    }

    @Override
    public Opening openingOf(String whole, Opening expected) {
        return TaggedReasoning.Tags.THINK.openingOf(whole, expected);
    }
}
