package network.cortensor.portal.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One alarm of a template at work: it is shown a period's metrics after the other, and judges them as CloudWatch would. */
final class AlarmWatch {
    private static final Pattern VERSION = Pattern.compile("\\w+CurrentVersion\\w+");

    private final JsonNode alarm;
    private final Deque<Boolean> beyond = new ArrayDeque<>();

    AlarmWatch(JsonNode alarm) {
        this.alarm = alarm;
    }

    /**
     * A metric's place.
     *
     * @param version that it is kept by; empty where it is kept in total
     */
    record Series(String namespace, String name, Optional<String> version) {}

    /** @return whether the alarm is on after this period; {@code metrics} has no value for what nobody emitted in it */
    boolean seesAlarm(Function<Series, Optional<Double>> metrics) {
        beyond.addLast(beyond(value(metrics)));
        if (beyond.size() > alarm.path("EvaluationPeriods").asInt()) {
            beyond.removeFirst();
        }
        return beyond.stream().filter(Boolean::booleanValue).count()
                >= alarm.path("DatapointsToAlarm").asInt();
    }

    private boolean beyond(OptionalDouble value) {
        if (value.isEmpty()) {
            return alarm.path("TreatMissingData").asText().equals("breaching");
        }
        double limit = alarm.path("Threshold").asDouble();
        return switch (alarm.path("ComparisonOperator").asText()) {
            case "GreaterThanThreshold" -> value.getAsDouble() > limit;
            case "LessThanThreshold" -> value.getAsDouble() < limit;
            default -> throw new IllegalStateException("a comparison that no alarm of ours uses");
        };
    }

    private OptionalDouble value(Function<Series, Optional<Double>> metrics) {
        if (alarm.has("MetricName")) {
            return metrics.apply(series(alarm)).stream()
                    .mapToDouble(Double::doubleValue)
                    .findFirst();
        }
        Map<String, Double> values = new HashMap<>();
        String formula = "";
        for (JsonNode part : alarm.path("Metrics")) {
            if (part.has("Expression")) {
                formula = part.path("Expression").asText();
            } else {
                metrics.apply(series(part.at("/MetricStat/Metric")))
                        .ifPresent(value -> values.put(part.path("Id").asText(), value));
            }
        }
        return MetricMath.value(formula, values);
    }

    private static Series series(JsonNode metric) {
        Optional<String> version = Optional.empty();
        for (JsonNode dimension : metric.path("Dimensions")) {
            if (dimension.path("Name").asText().matches("version|ExecutedVersion")) {
                version = VERSION.matcher(dimension.path("Value").toString())
                        .results()
                        .map(MatchResult::group)
                        .findFirst();
            }
        }
        return new Series(
                metric.path("Namespace").asText(), metric.path("MetricName").asText(), version);
    }
}
