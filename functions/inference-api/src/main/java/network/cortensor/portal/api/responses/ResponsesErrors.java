package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.ErrorShape;
import network.cortensor.portal.api.http.Sse;
import network.cortensor.portal.api.openai.OpenAiErrors;

/** OpenAI's errors; in a stream an event {@code error}, whose fields clients look for in two places. */
public final class ResponsesErrors implements ErrorShape {
    private final OpenAiErrors shape = new OpenAiErrors();

    @Override
    public ObjectNode body(ApiError error) {
        return shape.body(error);
    }

    @Override
    public String event(ApiError error, int number) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("type", "error")
                .put("sequence_number", number)
                .put("code", error.row().word())
                .put("message", error.message())
                .put("param", error.param().orElse(null));
        event.setAll(body(error));
        return Sse.event("error", event);
    }

    @Override
    public Map<String, String> identity(String requestId) {
        return shape.identity(requestId);
    }
}
