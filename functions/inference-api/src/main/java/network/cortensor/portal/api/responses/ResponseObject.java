package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import network.cortensor.portal.api.wire.Head;
import network.cortensor.portal.api.wire.TokenTally;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Usage;

/** The {@code response} object. */
record ResponseObject(Head head, Echo echo, TokenTally tally) {

    /** Without output and usage. */
    ObjectNode begun() {
        ObjectNode response = open("in_progress").putNull("completed_at").putNull("incomplete_details");
        response.putArray("output");
        echo.put(response);
        return response.putNull("usage");
    }

    ObjectNode ended(FinishReason reason, List<ObjectNode> output) {
        ObjectNode response = open(status(reason));
        switch (reason) {
            case STOP, TOOL_CALLS ->
                response.put("completed_at", head.clock().instant().getEpochSecond())
                        .putNull("incomplete_details");
            case LENGTH -> cut(response, "max_output_tokens");
            case CONTENT_FILTER -> cut(response, "content_filter");
        }
        response.putArray("output").addAll(output);
        echo.put(response);
        response.set("usage", usage());
        return response;
    }

    private static void cut(ObjectNode response, String reason) {
        response.putNull("completed_at").putObject("incomplete_details").put("reason", reason);
    }

    /** {@code completed} or {@code incomplete}, as the last event is called, too. */
    static String status(FinishReason reason) {
        return switch (reason) {
            case STOP, TOOL_CALLS -> "completed";
            case LENGTH, CONTENT_FILTER -> "incomplete";
        };
    }

    private ObjectNode open(String status) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "resp_" + head.nonce())
                .put("object", "response")
                .put("created_at", head.created().getEpochSecond())
                .put("status", status)
                .put("model", head.model())
                .putNull("error");
    }

    private ObjectNode usage() {
        Usage usage = tally.usage();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("input_tokens", usage.promptTokens());
        json.putObject("input_tokens_details").put("cached_tokens", 0).put("cache_write_tokens", 0);
        json.put("output_tokens", usage.completionTokens());
        json.putObject("output_tokens_details").put("reasoning_tokens", tally.reasoningTokens());
        return json.put("total_tokens", usage.totalTokens());
    }
}
