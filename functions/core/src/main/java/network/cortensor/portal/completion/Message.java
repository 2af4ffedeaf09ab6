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

    /** What is said as one text, its parts separated by line breaks. The words {@code [image]} stand for an image. */
    public String text() {
        return content.stream().flatMap(part -> said(part).stream()).collect(Collectors.joining("\n"));
    }

    /** What the assistant thought before it said this; empty if nothing is known of it. */
    public String reasoning() {
        return content.stream()
                .filter(Part.Reasoning.class::isInstance)
                .map(part -> ((Part.Reasoning) part).text())
                .collect(Collectors.joining("\n"));
    }

    private static Optional<String> said(Part part) {
        return switch (part) {
            case Part.Text text -> Optional.of(text.text());
            case Part.Image ignored -> Optional.of(Part.Image.WORDS);
            case Part.Reasoning ignored -> Optional.empty();
        };
    }

    boolean isToolTurn() {
        return role == Role.TOOL || !toolCalls.isEmpty();
    }

    boolean hasImages() {
        return content.stream().anyMatch(Part.Image.class::isInstance);
    }

    /** Images that a tool has answered with do not count, because a model that takes none can go on without them. */
    boolean needsImages() {
        return role != Role.TOOL && hasImages();
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
        record Image(String url, Optional<String> detail) implements Part {
            /** What stands in an image's place where only text can be. */
            public static final String WORDS = "[image]";
        }

        /** What the assistant thought in an earlier turn, as the customer got it and sent it back. */
        record Reasoning(String text) implements Part {}
    }

    /** @param arguments JSON as the model wrote it, not necessarily well-formed */
    public record ToolCall(String id, String name, String arguments) {}
}
