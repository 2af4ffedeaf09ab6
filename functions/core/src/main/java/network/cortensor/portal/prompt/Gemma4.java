package network.cortensor.portal.prompt;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * The format of Gemma 4, which shares no control token with its predecessors: it has a system role, and reasons in a channel.
 *
 * <p>Reasoning is off unless wished for, as in the published template, which then closes an empty channel in advance.
 */
record Gemma4() implements Template {
    private static final String START = "<|turn>";
    private static final String END = "<turn|>";
    private static final TaggedReasoning.Tags CHANNEL =
            new TaggedReasoning.Tags("<|channel>thought", "<channel|>", Set.of("<|channel>final"));

    @Override
    public Written write(List<Turn> turns, Effort effort, LocalDate today) {
        StringBuilder prompt = new StringBuilder();
        String instructions = Turn.instructions(turns).strip();
        if (effort.wished() || !instructions.isEmpty()) {
            append(prompt, "system", (effort.wished() ? "<|think|>" : "") + instructions);
        }
        for (Turn turn : Turn.afterInstructions(turns)) {
            append(prompt, name(turn.speaker()), turn.text().strip());
        }
        prompt.append(START).append("model\n");
        if (!effort.wished()) {
            prompt.append("<|channel>thought\n<channel|>");
        }
        return new Written(prompt.toString(), Opening.TURN);
    }

    @Override
    public Set<String> turnEnds() {
        return Set.of(START, END, "<eos>");
    }

    @Override
    public Structure structure(Opening opening) {
        return new TaggedReasoning(CHANNEL, opening);
    }

    private static void append(StringBuilder prompt, String role, String text) {
        prompt.append(START).append(role).append('\n').append(text).append(END).append('\n');
    }

    private static String name(Turn.Speaker speaker) {
        return switch (speaker) {
            case SYSTEM -> "system";
            case USER -> "user";
            case ASSISTANT -> "model";
        };
    }
}
