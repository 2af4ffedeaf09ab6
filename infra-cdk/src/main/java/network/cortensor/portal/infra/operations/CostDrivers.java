package network.cortensor.portal.infra.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.infra.data.PortalTable;
import network.cortensor.portal.infra.functions.HealthProberFunction;
import network.cortensor.portal.infra.functions.InferenceApi;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.Function;

/** What the bill grows with, per five minutes. */
final class CostDrivers {
    private static final Duration PERIOD = Duration.minutes(5);

    private final Watched watched;

    CostDrivers(Watched watched) {
        this.watched = watched;
    }

    List<IMetric> gigabyteSeconds() {
        return List.of(
                gigabyteSeconds("inference", watched.inference().onDemand().function(), InferenceApi.MEBIBYTES),
                gigabyteSeconds("prober", watched.prober().function(), HealthProberFunction.MEBIBYTES));
    }

    private static IMetric gigabyteSeconds(String name, Function function, int mebibytes) {
        return MathExpression.Builder.create()
                .expression(name + "/1000*" + mebibytes + "/1024")
                .usingMetrics(Map.of(name, function.metricDuration(sum())))
                .label(name)
                .period(PERIOD)
                .build();
    }

    List<IMetric> tableUnits() {
        List<IMetric> lines = new ArrayList<>();
        for (PortalTable table : PortalTable.values()) {
            lines.add(units(table, "ConsumedReadCapacityUnits", "read"));
            lines.add(units(table, "ConsumedWriteCapacityUnits", "write"));
        }
        return lines;
    }

    private IMetric units(PortalTable table, String name, String word) {
        return watched.tables()
                .table(table)
                .metric(
                        name,
                        MetricOptions.builder()
                                .statistic("Sum")
                                .period(PERIOD)
                                .label(table.id() + " " + word)
                                .build());
    }

    List<IMetric> logBytes() {
        return List.of(
                bytes("inference", watched.inference().serving().function()),
                bytes("prober", watched.prober().function()));
    }

    private static IMetric bytes(String name, Function function) {
        return Metric.Builder.create()
                .namespace("AWS/Logs")
                .metricName("IncomingBytes")
                .dimensionsMap(Map.of("LogGroupName", function.getLogGroup().getLogGroupName()))
                .statistic("Sum")
                .period(PERIOD)
                .label(name)
                .build();
    }

    private static MetricOptions sum() {
        return MetricOptions.builder().statistic("Sum").period(PERIOD).build();
    }
}
