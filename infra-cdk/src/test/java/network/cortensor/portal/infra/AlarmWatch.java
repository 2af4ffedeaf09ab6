package network.cortensor.portal.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * One alarm of a template at work: it is shown a period's metrics after the other, and judges them as CloudWatch would.
 *
 * <p>CloudWatch looks at a few more periods than the alarm asks for. Where these hold enough values, it judges the newest of them and passes over the gaps; else it fills the
 * gaps as the alarm says.
 */
final class AlarmWatch {
    /** CloudWatch does not tell how many; its documentation shows two more for an alarm of three. */
    private static final int MORE = 2;

    private final JsonNode alarm;
    private final Deque<Optional<Boolean>> beyond = new ArrayDeque<>();

    AlarmWatch(JsonNode alarm) {
        this.alarm = alarm;
    }

    /** @return whether the alarm is on after this period; {@code metrics} has no value for what nobody emitted in it */
    boolean seesAlarm(Function<Series, Optional<Double>> metrics) {
        beyond.addFirst(value(metrics).stream().mapToObj(this::beyond).findFirst());
        if (beyond.size() > periods() + MORE) {
            beyond.removeLast();
        }
        return judged().stream().filter(Boolean::booleanValue).count()
                >= alarm.path("DatapointsToAlarm").asInt();
    }

    /** Newest first. */
    private List<Boolean> judged() {
        List<Boolean> known = beyond.stream().flatMap(Optional::stream).toList();
        if (known.size() >= periods()) {
            return known.subList(0, periods());
        }
        boolean silence = alarm.path("TreatMissingData").asText().equals("breaching");
        return beyond.stream().limit(periods()).map(one -> one.orElse(silence)).toList();
    }

    private int periods() {
        return alarm.path("EvaluationPeriods").asInt();
    }

    private boolean beyond(double value) {
        double limit = alarm.path("Threshold").asDouble();
        return switch (alarm.path("ComparisonOperator").asText()) {
            case "GreaterThanThreshold" -> value > limit;
            case "LessThanThreshold" -> value < limit;
            default -> throw new IllegalStateException("a comparison that no alarm of ours uses");
        };
    }

    private OptionalDouble value(Function<Series, Optional<Double>> metrics) {
        if (alarm.has("MetricName")) {
            return metrics.apply(Series.of(alarm)).stream()
                    .mapToDouble(Double::doubleValue)
                    .findFirst();
        }
        Map<String, Double> values = new HashMap<>();
        String formula = "";
        for (JsonNode part : alarm.path("Metrics")) {
            if (part.has("Expression")) {
                formula = part.path("Expression").asText();
            } else {
                metrics.apply(Series.of(part.at("/MetricStat/Metric")))
                        .ifPresent(value -> values.put(part.path("Id").asText(), value));
            }
        }
        return MetricMath.value(formula, values);
    }
}
