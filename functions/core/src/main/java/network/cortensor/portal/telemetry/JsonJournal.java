package network.cortensor.portal.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.InstantSource;

/**
 * Writes each line as one JSON object in CloudWatch's embedded metric format. A line's metrics are kept in total and, where it has
 * dimensions, once more by all of them together.
 */
public final class JsonJournal implements Journal {
    /** The CloudWatch namespace of every metric. */
    public static final String NAMESPACE = "CortensorPortal";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final InstantSource clock;

    public JsonJournal(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void write(Line line) {
        long now = clock.millis();
        ObjectNode json = JSON.createObjectNode();
        json.put("event", line.event());
        json.put("time", now);
        line.dimensions().forEach(json::put);
        line.keys().forEach(json::putPOJO);
        if (!line.metrics().isEmpty()) {
            line.metrics().forEach((metric, value) -> json.put(metric.cloudWatchName(), value));
            json.set("_aws", directive(line, now));
        }
        try {
            out.println(JSON.writeValueAsString(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line holds a value that JSON cannot", e);
        }
    }

    private static ObjectNode directive(Line line, long now) {
        ObjectNode aws = JSON.createObjectNode().put("Timestamp", now);
        ObjectNode set = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        ArrayNode dimensions = set.putArray("Dimensions");
        dimensions.addArray();
        if (!line.dimensions().isEmpty()) {
            ArrayNode all = dimensions.addArray();
            line.dimensions().keySet().forEach(all::add);
        }
        ArrayNode metrics = set.putArray("Metrics");
        line.metrics()
                .keySet()
                .forEach(metric -> metrics.addObject()
                        .put("Name", metric.cloudWatchName())
                        .put("Unit", metric.unit().cloudWatchName()));
        return aws;
    }
}
