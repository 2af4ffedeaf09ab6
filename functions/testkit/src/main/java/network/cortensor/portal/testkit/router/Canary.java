package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.testkit.http.AnswerBytes;
import network.cortensor.portal.testkit.http.CannedReply;

/**
 * A text that is planted wherever an upstream can put text of its own, so that a test sees whether any of it gets out: reason phrase,
 * headers, trailer, comments, HTML, an unknown field, and every text in the JSON but the answer itself and what a client must
 * understand.
 */
final class Canary {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data: ";

    /** Fields that mean something to clients; a canary there would be another fault. */
    private static final Set<String> MEANINGFUL = Set.of(
            "text",
            "content",
            "reasoning_content",
            "arguments",
            "name",
            "finish_reason",
            "status",
            "role",
            "type",
            "code",
            "object");

    private final Optional<String> text;

    /** @param text if absent, nothing is planted and all bytes stay as they are */
    Canary(Optional<String> text) {
        this.text = text;
    }

    CannedReply in(CannedReply reply) {
        return text.map(canary -> new CannedReply(
                        reply.status() + " " + canary,
                        reply.contentType(),
                        headers(reply.headers(), canary),
                        body(reply, canary)))
                .orElse(reply);
    }

    /** Events of a stream. */
    String in(String events) {
        return text.map(canary -> events(events, canary)).orElse(events);
    }

    byte[] streamHead() {
        Map<String, String> chunked = Map.of("Transfer-Encoding", "chunked");
        return AnswerBytes.head(
                "200 OK" + text.map(canary -> " " + canary).orElse(""),
                RouterScript.EVENT_STREAM,
                text.map(canary -> headers(chunked, canary)).orElse(chunked));
    }

    byte[] lastChunk() {
        return text.map(canary -> ("0\r\nX-Trailer: " + canary + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII))
                .orElseGet(AnswerBytes::lastChunk);
    }

    private static Map<String, String> headers(Map<String, String> headers, String canary) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("X-Router-Node", canary);
        all.put("X-Request-Id", canary);
        all.put("Set-Cookie", "node=" + canary);
        return all;
    }

    private static String body(CannedReply reply, String canary) {
        if (reply.contentType().equals(CannedReply.JSON)) {
            return json(reply.body(), canary);
        }
        return reply.contentType().equals(RouterScript.EVENT_STREAM)
                ? events(reply.body(), canary)
                : reply.body().replace("</body>", "<p>" + canary + "</p></body>");
    }

    private static String events(String events, String canary) {
        StringBuilder planted = new StringBuilder();
        for (String line : events.split("(?<=\n)", -1)) {
            if (line.startsWith(DATA + "{")) {
                planted.append(": ").append(canary).append('\n').append(DATA);
                planted.append(json(line.substring(DATA.length()), canary)).append('\n');
            } else {
                planted.append(line);
            }
        }
        return planted.toString();
    }

    private static String json(String json, String canary) {
        try {
            JsonNode planted = planted(JSON.readTree(json), canary);
            ((ObjectNode) planted).put("canary", canary);
            return planted.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a script wrote no JSON", e);
        }
    }

    private static JsonNode planted(JsonNode node, String canary) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (!MEANINGFUL.contains(field.getKey()) || field.getValue().isContainerNode()) {
                    field.setValue(planted(field.getValue(), canary));
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, planted(array.get(i), canary));
            }
        } else if (node.isTextual()) {
            return TextNode.valueOf(node.asText() + " " + canary);
        }
        return node;
    }
}
