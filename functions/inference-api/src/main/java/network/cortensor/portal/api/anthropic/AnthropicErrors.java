package network.cortensor.portal.api.anthropic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.ErrorShape;
import network.cortensor.portal.api.http.Sse;

/** {@code {"type":"error","error":{"type","message"}}}; the field that is wrong stands in the message. */
public final class AnthropicErrors implements ErrorShape {
    @Override
    public ObjectNode body(ApiError error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "error");
        ApiError.Wording wording =
                error.anthropic().orElseGet(() -> new ApiError.Wording(error.message(), Optional.empty()));
        ObjectNode told =
                body.putObject("error").put("type", error.row().anthropicType()).put("message", wording.message());
        wording.details().ifPresent(details -> put(details, told.putObject("details")));
        return body;
    }

    private static void put(ApiError.Details details, ObjectNode json) {
        json.put("error_code", details.errorCode());
        if (!details.unsupported().isEmpty()) {
            details.unsupported().forEach(json.putArray("unsupported")::add);
        }
    }

    @Override
    public String event(ApiError error, int number) {
        return Sse.event("error", body(error));
    }

    /** Anthropic's clients read {@code request-id}. */
    @Override
    public Map<String, String> identity(String requestId) {
        return Map.of("x-request-id", requestId, "request-id", requestId);
    }
}
