package network.cortensor.portal.infra.operations;

import java.util.List;
import java.util.Map;
import network.cortensor.portal.telemetry.JsonJournal;
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

    /** Codes that are our fault or our routers', whether they came as a status or, after the first token, inside a stream. */
    static final List<String> FAILURES =
            List.of("upstream_error", "upstream_timeout", "service_unavailable", "server_error");

    private final String namespace;

    Signals(String environment) {
        this.namespace = JsonJournal.namespace(environment);
    }

    IMetric total(Metric metric, String statistic, Duration period) {
        return builder(metric, statistic, period).build();
    }

    IMetric errors(String code, Duration period) {
        return builder(Metric.ERRORS, "Sum", period)
                .dimensionsMap(Map.of(CODE, code))
                .label(code)
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
