package network.cortensor.portal.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** A customer's streamed chat, as the event that API Gateway makes of it. */
record ChatEvent(String key, String alias) {
    byte[] bytes() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode body = json.objectNode().put("model", alias).put("stream", true);
        body.putArray("messages").addObject().put("role", "user").put("content", "one two three");
        ObjectNode event = json.objectNode().put("httpMethod", "POST").put("path", "/v1/chat/completions");
        event.putObject("headers").put("authorization", "Bearer " + key);
        return event.put("body", body.toString()).toString().getBytes(StandardCharsets.UTF_8);
    }
}
