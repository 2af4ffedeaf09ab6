package network.cortensor.portal.infra.operations;

import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.infra.environment.Alerting;
import network.cortensor.portal.infra.environment.Serving;
import network.cortensor.portal.infra.functions.InferenceApi;
import network.cortensor.portal.infra.functions.Served;
import network.cortensor.portal.telemetry.Metric;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/** Alarms on what customers feel. */
final class CustomerRules {
    private static final Duration MINUTE = Duration.minutes(1);
    private static final Duration FIVE_MINUTES = Duration.minutes(5);

    private final Watched watched;

    CustomerRules(Watched watched) {
        this.watched = watched;
    }

    List<AlarmRule> rules() {
        return Stream.concat(
                        Stream.of(
                                failedRequests(),
                                failedStreamingRequests(
                                        "Streaming",
                                        "the streaming URL",
                                        inference().serving()),
                                crashes(),
                                failedAnswers(),
                                slowFirstToken(),
                                throttled()),
                        inference().standby().stream()
                                .map(standby -> failedStreamingRequests(
                                        "Standby", "the streaming URL of the function that stands by", standby)))
                .toList();
    }

    private AlarmRule failedRequests() {
        int limit = alerting().failedPercent();
        return new AlarmRule(
                "FailedRequests",
                "more than " + limit + " % of requests to API Gateway ended in a 5xx over 5 minutes.",
                new FrontMetrics(watched).gatewayFailedPercent(FIVE_MINUTES),
                Bound.above(limit));
    }

    /** An alarm of its own for each URL: one that nobody calls has no metrics, and would silence a formula over several. */
    private AlarmRule failedStreamingRequests(String id, String words, Served served) {
        int limit = alerting().failedPercent();
        return new AlarmRule(
                "FailedRequests-" + id,
                "more than " + limit + " % of requests to " + words + " ended in a 5xx over 5 minutes.",
                FrontMetrics.urlFailedPercent(served, FIVE_MINUTES),
                Bound.above(limit));
    }

    /** An error that the function turned into an answer is none of these: its process died, or its start failed. */
    private AlarmRule crashes() {
        return new AlarmRule(
                "Crashes",
                "inference-api crashed, timed out or did not start, in 2 of 5 minutes.",
                inference().serving().alias().metricErrors(each(MINUTE)),
                Bound.above(0, 2, 5));
    }

    /** Sees what a 5xx cannot: after the first token a failure is an event inside a 200. */
    private AlarmRule failedAnswers() {
        int limit = alerting().failedPercent();
        return new AlarmRule(
                "FailedAnswers",
                "more than " + limit
                        + " % of answers failed at the routers or of ourselves, streams that broke included, for 10"
                        + " minutes.",
                Share.percentOfMany(
                        watched.signals().total(Metric.ROUTER_FAILURES, "Sum", FIVE_MINUTES),
                        watched.signals().total(Metric.OWN_FAILURES, "Sum", FIVE_MINUTES),
                        watched.signals().total(Metric.REQUESTS, "Sum", FIVE_MINUTES),
                        FIVE_MINUTES,
                        "failed answers, % of requests"),
                Bound.above(limit, 2, 2));
    }

    private AlarmRule slowFirstToken() {
        java.time.Duration limit = alerting().firstToken();
        return new AlarmRule(
                "SlowFirstToken",
                "5 of 100 requests waited more than " + limit.toSeconds() + " s for their first token, for 15 minutes.",
                watched.signals().total(Metric.FIRST_TOKEN_TIME, "p95", FIVE_MINUTES),
                Bound.above((double) limit.toMillis(), 3, 3));
    }

    private AlarmRule throttled() {
        return new AlarmRule(
                "Throttled",
                "Lambda turned requests away: inference-api is at " + bound() + ", in 3 of 5 minutes.",
                inference().serving().function().metricThrottles(each(MINUTE)),
                Bound.above(0, 3, 5));
    }

    private String bound() {
        return switch (watched.environment().serving()) {
            case Serving.OnDemand(), Serving.Prepared(Serving.Fleet _) -> "its reserved concurrency";
            case Serving.ManagedInstances(Serving.Fleet _) -> "what its fleet can take";
        };
    }

    private static MetricOptions each(Duration period) {
        return MetricOptions.builder().statistic("Sum").period(period).build();
    }

    private InferenceApi inference() {
        return watched.inference();
    }

    private Alerting alerting() {
        return watched.environment().alerting();
    }
}
