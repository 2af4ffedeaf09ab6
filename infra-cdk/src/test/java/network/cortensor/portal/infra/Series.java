package network.cortensor.portal.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.json.JsonJournal;

/** A metric's place in CloudWatch. Two series that differ in one dimension have nothing in common. */
record Series(String namespace, String name, Map<String, String> dimensions) {
    Series {
        dimensions = Map.copyOf(dimensions);
    }

    /** What an alarm or a part of its formula reads. */
    static Series of(JsonNode metric) {
        Map<String, String> dimensions = new TreeMap<>();
        for (JsonNode dimension : metric.path("Dimensions")) {
            dimensions.put(dimension.path("Name").asText(), Resolved.text(dimension.path("Value")));
        }
        return new Series(
                metric.path("Namespace").asText(), metric.path("MetricName").asText(), dimensions);
    }

    /** Into what CloudWatch sorts a line as the functions write it, by the rules of its embedded metric format. */
    static Map<Series, Double> of(Line line, Emitter emitter) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        new JsonJournal(new PrintStream(written, true, StandardCharsets.UTF_8), () -> Instant.EPOCH, emitter)
                .write(line);
        JsonNode json = Project.parsed(written.toString(StandardCharsets.UTF_8));
        Map<Series, Double> values = new HashMap<>();
        for (JsonNode directive : json.at("/_aws/CloudWatchMetrics")) {
            for (JsonNode keys : directive.path("Dimensions")) {
                Map<String, String> dimensions = new TreeMap<>();
                keys.forEach(key ->
                        dimensions.put(key.asText(), json.path(key.asText()).asText()));
                for (JsonNode metric : directive.path("Metrics")) {
                    String name = metric.path("Name").asText();
                    values.put(
                            new Series(directive.path("Namespace").asText(), name, dimensions),
                            json.path(name).asDouble());
                }
            }
        }
        return values;
    }
}
