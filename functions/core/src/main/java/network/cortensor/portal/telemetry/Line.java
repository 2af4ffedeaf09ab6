package network.cortensor.portal.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the log: an event's name, its keys, and the metrics that CloudWatch takes from it. Not thread-safe.
 *
 * <p>Dimensions are the few keys over which metrics are kept apart; each costs a metric per value, so only aliases, pools and error
 * codes are fit for it.
 */
public final class Line {
    private final String event;
    private final Map<String, Object> keys = new LinkedHashMap<>();
    private final Map<String, String> dimensions = new LinkedHashMap<>();
    private final Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
    private final List<Apart> apart = new ArrayList<>();

    private Line(String event) {
        this.event = event;
    }

    /** @param event {@code request}, {@code attempt}, {@code probe}, {@code tick} or {@code bad_item} … */
    public static Line of(String event) {
        return new Line(event);
    }

    public Line with(String key, String value) {
        keys.put(key, value);
        return this;
    }

    public Line with(String key, long value) {
        keys.put(key, value);
        return this;
    }

    /** Written in whole milliseconds. */
    public Line with(String key, Duration value) {
        return with(key, value.toMillis());
    }

    /** Written in seconds, with milliseconds behind the point. */
    public Line seconds(String key, Duration value) {
        keys.put(key, value.toMillis() / 1000.0);
        return this;
    }

    /** Left out when absent. */
    public Line with(String key, Optional<Duration> value) {
        value.ifPresent(duration -> with(key, duration));
        return this;
    }

    /** A key that metrics of this line are also kept apart by. */
    public Line dimension(String key, String value) {
        dimensions.put(key, value);
        return this;
    }

    public Line metric(Metric metric, double value) {
        metrics.put(metric, value);
        return this;
    }

    public Line metric(Metric metric, Duration value) {
        return metric(metric, (double) value.toMillis());
    }

    /** Keeps a metric of this line once more, by this key alone. */
    public Line apart(Metric metric, String key, String word) {
        apart.add(new Apart(metric, key, word));
        return this;
    }

    public String event() {
        return event;
    }

    public Map<String, Object> keys() {
        return Collections.unmodifiableMap(keys);
    }

    public Map<String, String> dimensions() {
        return Collections.unmodifiableMap(dimensions);
    }

    public Map<Metric, Double> metrics() {
        return Collections.unmodifiableMap(metrics);
    }

    public List<Apart> apart() {
        return Collections.unmodifiableList(apart);
    }

    /** A metric and the key that it is kept by once more. */
    public record Apart(Metric metric, String key, String word) {}
}
