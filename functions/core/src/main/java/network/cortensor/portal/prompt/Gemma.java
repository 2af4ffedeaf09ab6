package network.cortensor.portal.prompt;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** The format of Gemma 1 to 3: user and model alternate, and there is no system role, so system texts lead the user turn they precede. */
record Gemma() implements Template {
    private static final String START = "<start_of_turn>";
    private static final String END = "<end_of_turn>";

    @Override
    public Written write(List<Turn> turns, Effort effort, LocalDate today) {
        StringBuilder prompt = new StringBuilder();
        for (Turn turn : Turn.alternating(turns)) {
            prompt.append(START)
                    .append(turn.speaker() == Turn.Speaker.ASSISTANT ? "model" : "user")
                    .append('\n')
                    .append(turn.text())
                    .append(END)
                    .append('\n');
        }
        return new Written(prompt.append(START).append("model\n").toString(), Opening.TURN);
    }

    @Override
    public Set<String> turnEnds() {
        return Set.of(START, END, "<eos>");
    }

    @Override
    public Structure structure(Opening opening) {
        return new TaggedReasoning(TaggedReasoning.Tags.THINK, opening);
    }
}
