package network.cortensor.portal.api.anthropic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.ErrorShape;
import network.cortensor.portal.api.http.Sse;

/** {@code {"type":"error","error":{"type","message"}}}; the field that is wrong stands in the message. */
public final class AnthropicErrors implements ErrorShape {
    @Override
    public ObjectNode body(ApiError error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "error");
        body.putObject("error").put("type", error.row().anthropicType()).put("message", error.message());
        return body;
    }

    @Override
    public String event(ApiError error) {
        return Sse.event("error", body(error));
    }

    /** Anthropic's clients read {@code request-id}. */
    @Override
    public Map<String, String> identity(String requestId) {
        return Map.of("x-request-id", requestId, "request-id", requestId);
    }
}
