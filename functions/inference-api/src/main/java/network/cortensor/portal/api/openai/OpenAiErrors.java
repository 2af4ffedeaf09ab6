package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.ErrorShape;
import network.cortensor.portal.api.http.Sse;

/** {@code {"error":{"message","type","param","code"}}}, always with all four keys. */
public final class OpenAiErrors implements ErrorShape {
    @Override
    public ObjectNode body(ApiError error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", error.message())
                .put("type", error.row().type())
                .put("param", error.param().orElse(null))
                .put("code", error.row().code().orElse(null));
        return body;
    }

    @Override
    public String event(ApiError error, int number) {
        return Sse.data(body(error));
    }

    @Override
    public Map<String, String> identity(String requestId) {
        return Map.of("x-request-id", requestId);
    }
}
