package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import network.cortensor.portal.completion.CompletionEvent;

/** A choice of a {@code text_completion}, which has no place for anything but text. */
final class TextChoice {
    private TextChoice() {}

    static ObjectNode of(String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("text", text)
                .put("index", 0)
                .putNull("logprobs")
                .putNull("finish_reason");
    }

    static ObjectNode last(String text, CompletionEvent.End end) {
        return of(text).put("finish_reason", end.reason().word());
    }

    /** Reasoning is text like any other when a bare prompt is continued; calls cannot have been asked for. */
    static String text(CompletionEvent.Content content) {
        return switch (content) {
            case CompletionEvent.Text text -> text.text();
            case CompletionEvent.Reasoning reasoning -> reasoning.text();
            case CompletionEvent.ToolCallPiece ignored -> "";
        };
    }
}
