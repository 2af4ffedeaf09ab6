package network.cortensor.portal.completion;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One turn of a conversation.
 *
 * @param toolCalls functions that the assistant called in this turn
 * @param toolCallId in a tool's turn, the call that it answers
 */
public record Message(Role role, List<Part> content, List<ToolCall> toolCalls, Optional<String> toolCallId) {
    public Message {
        content = List.copyOf(content);
        toolCalls = List.copyOf(toolCalls);
    }

    public static Message of(Role role, String text) {
        return new Message(role, List.of(new Part.Text(text)), List.of(), Optional.empty());
    }

    /** The text parts as one, separated by line breaks. */
    public String text() {
        return content.stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining("\n"));
    }

    boolean isToolTurn() {
        return role == Role.TOOL || !toolCalls.isEmpty();
    }

    boolean hasImages() {
        return content.stream().anyMatch(Part.Image.class::isInstance);
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "Message[" + role + "]";
    }

    /** Who speaks. OpenAI's {@code developer} is {@link #SYSTEM} here: the models served know one such role. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL;

        /** The word in OpenAI's wire format. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A piece of a turn's content. */
    public sealed interface Part {
        record Text(String text) implements Part {}

        /** @param url http(s) or data URL */
        record Image(String url, Optional<String> detail) implements Part {}
    }

    /** @param arguments JSON as the model wrote it, not necessarily well-formed */
    public record ToolCall(String id, String name, String arguments) {}
}
