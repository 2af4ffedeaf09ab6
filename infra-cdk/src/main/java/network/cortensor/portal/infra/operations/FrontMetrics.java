package network.cortensor.portal.infra.operations;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.front.RestFront;
import network.cortensor.portal.infra.functions.InferenceApi;
import network.cortensor.portal.infra.functions.Served;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/**
 * What AWS itself counts at the two fronts, also when our code says nothing.
 *
 * <p>The API is named by its words and not by reference: a release waits for alarms, the API for the release's alias, and a reference
 * back would close a circle.
 */
final class FrontMetrics {
    private final Environment environment;
    private final InferenceApi inference;

    FrontMetrics(Watched watched) {
        this.environment = watched.environment();
        this.inference = watched.inference();
    }

    /** A line for the REST API, and one for each streaming URL: that of the function that serves, and that of another one beside it. */
    List<IMetric> requests(Duration period) {
        return Stream.concat(
                        Stream.of(gatewayRequests(period)),
                        Stream.concat(Stream.of(inference.serving()), inference.standby().stream())
                                .map(served -> url(served, "UrlRequestCount", period)))
                .toList();
    }

    /** Percent of the requests through API Gateway that ended in a 5xx. */
    IMetric gatewayFailedPercent(Duration period) {
        return Share.percentOfMany(gateway("5XXError", period), gatewayRequests(period), period, "5xx, % of requests");
    }

    /** The same of a function's streaming URL. */
    static IMetric urlFailedPercent(Served served, Duration period) {
        return Share.percentOfMany(
                url(served, "Url5xxCount", period),
                url(served, "UrlRequestCount", period),
                period,
                "5xx, % of requests");
    }

    private IMetric gatewayRequests(Duration period) {
        return gateway("Count", period);
    }

    private IMetric gateway(String name, Duration period) {
        return Metric.Builder.create()
                .namespace("AWS/ApiGateway")
                .metricName(name)
                .dimensionsMap(Map.of("ApiName", RestFront.apiName(environment), "Stage", RestFront.stageName()))
                .statistic("Sum")
                .period(period)
                .build();
    }

    private static IMetric url(Served served, String name, Duration period) {
        return served.alias()
                .metric(
                        name,
                        MetricOptions.builder().statistic("Sum").period(period).build());
    }
}
