package network.cortensor.portal.operator.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.usage.RequestId;

/**
 * The lines that {@code inference-api} wrote of one request.
 *
 * @param request its own line; absent if it was not found
 * @param attempts in their order
 */
record LogLines(Optional<JsonNode> request, List<JsonNode> attempts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static final LogLines NONE = new LogLines(Optional.empty(), List.of());

    /** Picks them out of a log; lines of other requests, and what is no JSON, are passed over. */
    static LogLines of(RequestId id, Stream<String> log) {
        List<JsonNode> lines = log.flatMap(LogLines::parsed)
                .filter(line -> line.path("request_id").asText().equals(id.text()))
                .toList();
        return new LogLines(
                lines.stream().filter(line -> isOf(line, "request")).findFirst(),
                lines.stream()
                        .filter(line -> isOf(line, "attempt"))
                        .sorted(Comparator.comparingLong(
                                line -> line.path("attempt").asLong()))
                        .toList());
    }

    boolean isEmpty() {
        return request.isEmpty() && attempts.isEmpty();
    }

    /** What the request's line, or else the line of an attempt, says under a key. */
    Optional<String> said(String key) {
        return Stream.concat(request.stream(), attempts.stream())
                .map(line -> line.path(key).asText())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /**
     * The moment of the catalog that the request was routed by: it was remembered for as long as the request's line says. Without a line, the moment at
     * which the request was received.
     */
    Instant catalogReadAt(RequestId id) {
        return id.at()
                .minusMillis(request.map(line -> line.path("catalog_age_ms").asLong())
                        .orElse(0L));
    }

    private static boolean isOf(JsonNode line, String event) {
        return line.path("event").asText().equals(event);
    }

    /** A log may put its own words before the line, or wrap it. */
    private static Stream<JsonNode> parsed(String text) {
        int begin = text.indexOf('{');
        if (begin < 0) {
            return Stream.empty();
        }
        try {
            JsonNode line = JSON.readTree(text.substring(begin));
            return Stream.of(line.path("message").isObject() ? line.path("message") : line);
        } catch (JsonProcessingException e) {
            return Stream.empty();
        }
    }
}
