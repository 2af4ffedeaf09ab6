package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One item of a response's output while it grows. Used by one thread. */
final class OutputItem {
    private final Kind kind;
    private final String id;
    private final int index;
    private final StringBuilder text = new StringBuilder();

    /** What an item is. */
    sealed interface Kind {
        record Message() implements Kind {}

        record Reasoning(ShownReasoning shown) implements Kind {}

        /** @param call which call of the answer it is */
        record Call(int call, String callId, String name) implements Kind {}
    }

    /** @param index in the output */
    OutputItem(Kind kind, String nonce, int index) {
        this.kind = kind;
        this.index = index;
        this.id = prefix(kind) + nonce + "_" + index;
    }

    private static String prefix(Kind kind) {
        return switch (kind) {
            case Kind.Message ignored -> "msg_";
            case Kind.Reasoning ignored -> "rs_";
            case Kind.Call ignored -> "fc_";
        };
    }

    Kind kind() {
        return kind;
    }

    String text() {
        return text.toString();
    }

    void add(String piece) {
        text.append(piece);
    }

    /** Which item an event is about. */
    ObjectNode event() {
        return JsonNodeFactory.instance.objectNode().put("item_id", id).put("output_index", index);
    }

    int index() {
        return index;
    }

    /** As it begins: without any of its text. */
    ObjectNode begun() {
        ObjectNode item = head("in_progress");
        switch (kind) {
            case Kind.Message ignored -> item.putArray("content");
            case Kind.Reasoning ignored -> item.putArray("summary");
            case Kind.Call ignored -> item.put("arguments", "");
        }
        return item;
    }

    /** @param status {@code completed} or {@code incomplete} */
    ObjectNode ended(String status) {
        ObjectNode item = head(status);
        switch (kind) {
            case Kind.Message ignored -> item.putArray("content").add(part());
            case Kind.Call ignored -> item.put("arguments", text());
            case Kind.Reasoning reasoning -> {
                switch (reasoning.shown().place()) {
                    case SUMMARY -> item.putArray("summary").add(part());
                    case CONTENT -> {
                        item.putArray("summary");
                        item.putArray("content").add(part());
                    }
                }
                switch (reasoning.shown().included()) {
                    case NOTHING -> {}
                    case REASONING -> item.put("encrypted_content", SealedReasoning.of(text()));
                }
            }
        }
        return item;
    }

    /** The one part of a message or of reasoning, with the text so far. */
    ObjectNode part() {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        switch (kind) {
            case Kind.Message ignored -> {
                part.put("type", "output_text").put("text", text()).putArray("annotations");
                part.putArray("logprobs");
            }
            case Kind.Reasoning reasoning ->
                part.put(
                                "type",
                                switch (reasoning.shown().place()) {
                                    case SUMMARY -> "summary_text";
                                    case CONTENT -> "reasoning_text";
                                })
                        .put("text", text());
            case Kind.Call ignored -> throw new IllegalStateException("a call has no parts");
        }
        return part;
    }

    private ObjectNode head(String status) {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("id", id);
        switch (kind) {
            case Kind.Message ignored -> item.put("type", "message").put("role", "assistant");
            case Kind.Reasoning ignored -> item.put("type", "reasoning");
            case Kind.Call call ->
                item.put("type", "function_call").put("call_id", call.callId()).put("name", call.name());
        }
        return item.put("status", status);
    }
}
