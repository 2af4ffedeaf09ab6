package network.cortensor.portal.infra.operations;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.infra.functions.InferenceApi;
import network.cortensor.portal.infra.functions.ManagedInference;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.SearchExpression;

/** What the functions run on: what it costs, and whether a fleet of Managed Instances is enough. */
final class MachineRules {
    private static final Duration FIVE_MINUTES = Duration.minutes(5);

    /** Of a core and of memory; above it Lambda's own scaling has not kept up. */
    private static final int BUSY_PERCENT = 80;

    /** List price of arm64, us-east-1; other regions differ by a few percent. */
    private static final double DOLLARS_PER_GIGABYTE_SECOND = 0.0000133334;

    private static final Duration HOUR = Duration.hours(1);

    private final Watched watched;

    MachineRules(Watched watched) {
        this.watched = watched;
    }

    List<AlarmRule> rules() {
        return Stream.concat(
                        Stream.of(spending()),
                        watched.inference().managed().stream()
                                .flatMap(managed -> Stream.of(
                                        busy("Cores", "CPUUtilization", managed),
                                        busy("Memory", "MemoryUtilization", managed))))
                .toList();
    }

    /**
     * Money by the units that Lambda counts itself, within the hour; a budget of the account's bill is a day late. A fleet needs none: its
     * cores are bounded, and what they may cost is checked before a deployment.
     */
    private AlarmRule spending() {
        int limit = watched.environment().alerting().dollarsPerHour();
        return new AlarmRule(
                "Spending",
                "inference-api on demand has cost more than " + limit + " dollars within an hour.",
                dollars(),
                Bound.above(limit));
    }

    private IMetric dollars() {
        double perMillisecond = InferenceApi.MEBIBYTES / 1024.0 * DOLLARS_PER_GIGABYTE_SECOND / 1000;
        return MathExpression.Builder.create()
                .expression("duration*"
                        + BigDecimal.valueOf(perMillisecond)
                                .setScale(14, RoundingMode.HALF_UP)
                                .toPlainString())
                .usingMetrics(Map.of(
                        "duration",
                        watched.inference()
                                .onDemand()
                                .function()
                                .metricDuration(MetricOptions.builder()
                                        .statistic("Sum")
                                        .period(HOUR)
                                        .build())))
                .label("dollars per hour")
                .period(HOUR)
                .build();
    }

    /** Lambda counts by provider and type of machine, and which types it chooses nobody knows before: the query takes them all. */
    private static AlarmRule busy(String what, String metric, ManagedInference managed) {
        return new AlarmRule(
                "FleetBusy-" + what,
                "the fleet's " + what.toLowerCase(Locale.ROOT) + " are used above " + BUSY_PERCENT
                        + " %, for 10 minutes.",
                MathExpression.Builder.create()
                        .expression("SELECT AVG(" + metric
                                + ") FROM SCHEMA(\"AWS/Lambda\", CapacityProviderName, InstanceType)"
                                + " WHERE CapacityProviderName = '"
                                + managed.machines().getCapacityProviderName() + "'")
                        .usingMetrics(Map.of())
                        .label(metric)
                        .period(FIVE_MINUTES)
                        .build(),
                Bound.above(BUSY_PERCENT, 2, 2));
    }

    /** The same for the dashboard, one line for each type of machine. */
    static List<IMetric> lines(ManagedInference managed, String... metrics) {
        return Stream.of(metrics)
                .<IMetric>map(metric -> SearchExpression.Builder.create()
                        .expression(
                                "SEARCH('{AWS/Lambda,CapacityProviderName,InstanceType} MetricName=\"%s\" CapacityProviderName=\"%s\"', 'Average')"
                                        .formatted(metric, managed.machines().getCapacityProviderName()))
                        .label(metric)
                        .build())
                .toList();
    }
}
