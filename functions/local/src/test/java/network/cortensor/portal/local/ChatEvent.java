package network.cortensor.portal.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * A customer's chat, as the event that API Gateway makes of it.
 *
 * @param body of the customer's request
 */
record ChatEvent(String key, String body) {
    /** A short streamed one. */
    static ChatEvent streamed(String key, String alias) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("model", alias).put("stream", true);
        body.putArray("messages").addObject().put("role", "user").put("content", "one two three");
        return new ChatEvent(key, body.toString());
    }

    byte[] bytes() {
        ObjectNode event =
                JsonNodeFactory.instance.objectNode().put("httpMethod", "POST").put("path", "/v1/chat/completions");
        event.putObject("headers").put("authorization", "Bearer " + key);
        return event.put("body", body).toString().getBytes(StandardCharsets.UTF_8);
    }
}
