package network.cortensor.portal.api.anthropic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import network.cortensor.portal.api.wire.Head;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Usage;

/** The {@code message} object and its parts. */
final class MessageObject {
    private MessageObject() {}

    /** Without content and without a reason to stop. */
    static ObjectNode open(Head head, Usage usage) {
        ObjectNode message = JsonNodeFactory.instance
                .objectNode()
                .put("id", "msg_" + head.nonce())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", head.model());
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.set("usage", usage(usage));
        return message;
    }

    static ObjectNode usage(Usage usage) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("input_tokens", usage.promptTokens())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0)
                .put("output_tokens", usage.completionTokens());
    }

    /** Which of the customer's stop sequences was met is known where the answer is read here, or its server tells. */
    static void putStop(CompletionEvent.End end, ObjectNode json) {
        json.put("stop_reason", end.stop().isPresent() ? "stop_sequence" : stopReason(end.reason()));
        json.put("stop_sequence", end.stop().orElse(null));
    }

    private static String stopReason(FinishReason reason) {
        return switch (reason) {
            case STOP -> "end_turn";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER -> "refusal";
        };
    }
}
