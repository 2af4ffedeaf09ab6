package network.cortensor.portal.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A customer's call, as the REST proxy event that it becomes. */
record Call(String method, String path, Map<String, String> headers, Body body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Bytes, for they need not be text. */
    record Body(String base64) {
        static Body of(byte[] bytes) {
            return new Body(Base64.getEncoder().encodeToString(bytes));
        }
    }

    static Call get(String path) {
        return new Call("GET", path, Map.of("Authorization", "Bearer " + TestKeys.GOOD), Body.of(new byte[0]));
    }

    static Call post(String path, String body) {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    static Call post(String path, byte[] body) {
        return new Call("POST", path, Map.of("Authorization", "Bearer " + TestKeys.GOOD), Body.of(body));
    }

    Call method(String other) {
        return new Call(other, path, headers, body);
    }

    Call withoutKey() {
        return new Call(method, path, Map.of(), body);
    }

    Call with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Call(method, path, more, body);
    }

    /** As a custom domain with a base path has it. */
    byte[] behindBasePath(String proxy) {
        ObjectNode event = json().put("resource", "/{proxy+}");
        event.putObject("pathParameters").put("proxy", proxy);
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] event() {
        return json().toString().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode json() {
        ObjectNode event = JSON.createObjectNode().put("httpMethod", method).put("path", path);
        ObjectNode single = event.putObject("headers");
        headers.forEach(single::put);
        return event.put("body", body.base64()).put("isBase64Encoded", true);
    }
}
