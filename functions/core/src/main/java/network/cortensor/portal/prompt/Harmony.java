package network.cortensor.portal.prompt;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * The format of gpt-oss. The system message is the model's own and names date, effort and channels; what customers call a system prompt is
 * the developer message. Earlier answers stand in the final channel, and earlier reasoning is left out, as the format demands.
 */
record Harmony() implements Template {
    @Override
    public Written write(List<Turn> turns, Effort effort, LocalDate today) {
        StringBuilder prompt = new StringBuilder();
        append(prompt, "system", """
                You are ChatGPT, a large language model trained by OpenAI.
                Knowledge cutoff: 2024-06
                Current date: %s

                Reasoning: %s

                # Valid channels: analysis, commentary, final. Channel must be included for every message.""".formatted(today, level(effort)));
        String instructions = Turn.instructions(turns);
        if (!instructions.isEmpty()) {
            append(prompt, "developer", instructions(instructions));
        }
        for (Turn turn : Turn.afterInstructions(turns)) {
            switch (turn.speaker()) {
                case SYSTEM -> append(prompt, "developer", instructions(turn.text()));
                case USER -> append(prompt, "user", turn.text());
                case ASSISTANT -> append(prompt, "assistant<|channel|>final", turn.text());
            }
        }
        return new Written(prompt.append("<|start|>assistant").toString(), Opening.TURN);
    }

    /** The structure reads the format's own tokens. */
    @Override
    public Set<String> turnEnds() {
        return Set.of();
    }

    @Override
    public Structure structure(Opening opening) {
        return new HarmonyChannels(opening);
    }

    private static void append(StringBuilder prompt, String header, String text) {
        prompt.append("<|start|>")
                .append(header)
                .append("<|message|>")
                .append(text)
                .append("<|end|>");
    }

    private static String instructions(String text) {
        return "# Instructions\n\n" + text;
    }

    private static String level(Effort effort) {
        return switch (effort) {
            case NONE, LOW -> "low";
            case UNSET, MEDIUM -> "medium";
            case HIGH -> "high";
        };
    }
}
