package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the events of an item are called, which depends on what the item is. */
enum EventNames {
    MESSAGE("response.output_text", "response.content_part", "content_index", "text"),
    REASONING("response.reasoning_text", "response.content_part", "content_index", "text"),
    SUMMARY("response.reasoning_summary_text", "response.reasoning_summary_part", "summary_index", "text"),
    CALL("response.function_call_arguments", "", "", "arguments");

    private final String event;
    private final String part;
    private final String partIndex;
    private final String whole;

    EventNames(String event, String part, String partIndex, String whole) {
        this.event = event;
        this.part = part;
        this.partIndex = partIndex;
        this.whole = whole;
    }

    static EventNames of(OutputItem.Kind kind) {
        return switch (kind) {
            case OutputItem.Kind.Message ignored -> MESSAGE;
            case OutputItem.Kind.Call ignored -> CALL;
            case OutputItem.Kind.Reasoning reasoning ->
                switch (reasoning.shown().place()) {
                    case CONTENT -> REASONING;
                    case SUMMARY -> SUMMARY;
                };
        };
    }

    /** A call's arguments are a field of the item itself. */
    boolean hasParts() {
        return this != CALL;
    }

    String delta() {
        return event + ".delta";
    }

    String done() {
        return event + ".done";
    }

    String partAdded() {
        return part + ".added";
    }

    String partDone() {
        return part + ".done";
    }

    /** The field that holds the whole text when it is done. */
    String whole() {
        return whole;
    }

    /** Which part of which item an event is about. */
    ObjectNode placed(OutputItem item) {
        ObjectNode event = item.event();
        if (hasParts()) {
            event.put(partIndex, 0);
        }
        if (this == MESSAGE) {
            event.putArray("logprobs");
        }
        return event;
    }
}
