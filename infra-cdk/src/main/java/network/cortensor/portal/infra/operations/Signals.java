package network.cortensor.portal.infra.operations;

import java.util.Map;
import network.cortensor.portal.infra.functions.Served;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Metric;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.SearchExpression;

/** The metrics that functions of one deployment emit in their log lines, as alarms and widgets want them. */
final class Signals {
    /** Key by which errors are kept apart, beside the total of them. */
    static final String CODE = "code";

    static final String ALIAS = "alias";
    static final String POOL = "pool";

    private final String namespace;

    Signals(String environment) {
        this.namespace = Emitter.namespace(environment);
    }

    IMetric total(Metric metric, String statistic, Duration period) {
        return builder(metric, statistic, period).build();
    }

    /** Of the newest version of one function alone; only of metrics that are kept by version. */
    IMetric of(Served served, Metric metric, Duration period) {
        if (!metric.keptByVersion()) {
            throw new IllegalArgumentException(metric + ": is not kept by version");
        }
        return builder(metric, "Sum", period)
                .dimensionsMap(Map.of(
                        Emitter.VERSION,
                        Emitter.version(
                                served.function().getFunctionName(),
                                served.newest().getVersion())))
                .build();
    }

    /** One line for each word that was ever seen under the key. */
    IMetric each(Metric metric, String key, String statistic) {
        return SearchExpression.Builder.create()
                .expression("SEARCH('{%s,%s} MetricName=\"%s\"', '%s')"
                        .formatted(namespace, key, metric.cloudWatchName(), statistic))
                .label("${PROP('Dim." + key + "')}")
                .build();
    }

    private software.amazon.awscdk.services.cloudwatch.Metric.Builder builder(
            Metric metric, String statistic, Duration period) {
        return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
                .namespace(namespace)
                .metricName(metric.cloudWatchName())
                .statistic(statistic)
                .period(period);
    }
}
