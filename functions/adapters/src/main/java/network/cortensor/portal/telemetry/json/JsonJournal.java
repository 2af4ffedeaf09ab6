package network.cortensor.portal.telemetry.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;

/**
 * Writes each line as one JSON object in CloudWatch's embedded metric format. A line's metrics are kept in total and, where it has
 * dimensions, once more by all of them together; a metric that is kept apart, once more by that key; a metric that is kept by version, once
 * more by the emitter's.
 */
public final class JsonJournal implements Journal {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final InstantSource clock;
    private final Emitter emitter;

    public JsonJournal(PrintStream out, InstantSource clock, Emitter emitter) {
        this.out = out;
        this.clock = clock;
        this.emitter = emitter;
    }

    @Override
    public void write(Line line) {
        long now = clock.millis();
        ObjectNode json = JSON.createObjectNode();
        json.put("event", line.event());
        json.put("time", now);
        line.dimensions().forEach(json::put);
        line.keys().forEach(json::putPOJO);
        line.apart().forEach(apart -> json.put(apart.key(), apart.word()));
        if (!line.metrics().isEmpty()) {
            line.metrics().forEach((metric, value) -> json.put(metric.cloudWatchName(), value));
            if (!byVersion(line).isEmpty()) {
                json.put(Emitter.VERSION, emitter.version());
            }
            json.set("_aws", metadata(line, now));
        }
        try {
            out.println(JSON.writeValueAsString(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line holds a value that JSON cannot", e);
        }
    }

    private ObjectNode metadata(Line line, long now) {
        ObjectNode aws = JSON.createObjectNode().put("Timestamp", now);
        ArrayNode directives = aws.putArray("CloudWatchMetrics");
        Set<Metric> metrics = line.metrics().keySet();
        Set<String> dimensions = line.dimensions().keySet();
        directives.add(directive(dimensions.isEmpty() ? List.of(Set.of()) : List.of(Set.of(), dimensions), metrics));
        line.apart().forEach(apart -> directives.add(directive(List.of(Set.of(apart.key())), Set.of(apart.metric()))));
        Set<Metric> byVersion = byVersion(line);
        if (!byVersion.isEmpty()) {
            directives.add(directive(List.of(Set.of(Emitter.VERSION)), byVersion));
        }
        return aws;
    }

    /** In the order of the enum, so that the same line is always the same text. */
    private static Set<Metric> byVersion(Line line) {
        Set<Metric> kept = EnumSet.noneOf(Metric.class);
        line.metrics().keySet().stream().filter(Metric::keptByVersion).forEach(kept::add);
        return kept;
    }

    private ObjectNode directive(List<Set<String>> dimensionSets, Set<Metric> metrics) {
        ObjectNode directive = JSON.createObjectNode().put("Namespace", emitter.namespace());
        ArrayNode dimensions = directive.putArray("Dimensions");
        dimensionSets.forEach(keys -> {
            ArrayNode set = dimensions.addArray();
            keys.forEach(set::add);
        });
        ArrayNode named = directive.putArray("Metrics");
        metrics.forEach(metric -> named.addObject()
                .put("Name", metric.cloudWatchName())
                .put("Unit", metric.unit().cloudWatchName()));
        return directive;
    }
}
