package network.cortensor.portal.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Message;

/**
 * One turn of a conversation that consists of texts only.
 *
 * @param text safe to be put between a format's own tokens
 */
record Turn(Speaker speaker, String text) {
    enum Speaker {
        SYSTEM,
        USER,
        ASSISTANT
    }

    static List<Turn> of(Input.Chat chat) {
        return chat.messages().stream()
                .map(message -> new Turn(speaker(message.role()), SpecialTokens.broken(message.text())))
                .toList();
    }

    private static Speaker speaker(Message.Role role) {
        return switch (role) {
            case SYSTEM -> Speaker.SYSTEM;
            case USER -> Speaker.USER;
            case ASSISTANT -> Speaker.ASSISTANT;
            case TOOL -> throw new IllegalArgumentException("role: tool (expected: a role of texts)");
        };
    }

    /** The system turns that come first, as one text; empty if there are none. */
    static String instructions(List<Turn> turns) {
        return turns.stream()
                .takeWhile(turn -> turn.speaker == Speaker.SYSTEM)
                .map(Turn::text)
                .collect(Collectors.joining("\n\n"));
    }

    /** What follows the system turns that come first. */
    static List<Turn> afterInstructions(List<Turn> turns) {
        return turns.stream().dropWhile(turn -> turn.speaker == Speaker.SYSTEM).toList();
    }

    /** Turns for models without a system role that want user and assistant to alternate. */
    static List<Turn> alternating(List<Turn> turns) {
        List<Turn> merged = new ArrayList<>();
        for (Turn turn : turns) {
            Speaker speaker = turn.speaker == Speaker.SYSTEM ? Speaker.USER : turn.speaker;
            String text = turn.text.strip();
            if (!merged.isEmpty() && merged.getLast().speaker == speaker) {
                text = merged.removeLast().text + "\n\n" + text;
            }
            merged.add(new Turn(speaker, text));
        }
        return List.copyOf(merged);
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "Turn[" + speaker + "]";
    }
}
