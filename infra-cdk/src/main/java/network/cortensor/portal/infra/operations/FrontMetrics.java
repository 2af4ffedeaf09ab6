package network.cortensor.portal.infra.operations;

import java.util.Map;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.front.RestFront;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.Alias;

/**
 * What AWS itself counts at the two fronts, also when our code says nothing.
 *
 * <p>The API is named by its words and not by reference: a release waits for alarms, the API for the release's alias, and a reference
 * back would close a circle.
 */
final class FrontMetrics {
    private final Environment environment;
    private final Alias alias;

    FrontMetrics(Watched watched) {
        this.environment = watched.environment();
        this.alias = watched.inference().serving().alias();
    }

    IMetric gatewayRequests(Duration period) {
        return gateway("Count", period);
    }

    IMetric gatewayFailures(Duration period) {
        return gateway("5XXError", period);
    }

    IMetric urlRequests(Duration period) {
        return url("UrlRequestCount", period);
    }

    IMetric urlFailures(Duration period) {
        return url("Url5xxCount", period);
    }

    /** Percent of the requests through API Gateway that ended in a 5xx. */
    IMetric gatewayFailedPercent(Duration period) {
        return Share.percentOfMany(gatewayFailures(period), gatewayRequests(period), period, "5xx, % of requests");
    }

    /** The same of the streaming URL. */
    IMetric urlFailedPercent(Duration period) {
        return Share.percentOfMany(urlFailures(period), urlRequests(period), period, "5xx, % of requests");
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

    private IMetric url(String name, Duration period) {
        return alias.metric(
                name, MetricOptions.builder().statistic("Sum").period(period).build());
    }
}
