package network.cortensor.portal.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** What a customer got. */
record CustomerAnswer(int status, Map<String, String> headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    String header(String name) {
        return headers.getOrDefault(name, "absent");
    }

    String contentType() {
        return header("content-type").replaceFirst(";.*", "");
    }

    /** The JSON of this answer: all of it, or that of each event. */
    List<JsonNode> parts() {
        return switch (contentType()) {
            case "application/json" -> List.of(json());
            case "text/event-stream" ->
                body.lines()
                        .filter(line -> line.startsWith("data: ") && !line.equals("data: [DONE]"))
                        .map(line -> Description.json(line.substring(6)))
                        .toList();
            default -> List.of();
        };
    }
}
