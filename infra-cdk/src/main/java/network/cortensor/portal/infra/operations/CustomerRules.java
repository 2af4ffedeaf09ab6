package network.cortensor.portal.infra.operations;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import network.cortensor.portal.infra.environment.Alerting;
import network.cortensor.portal.telemetry.Metric;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/** Alarms on what customers feel. */
final class CustomerRules {
    private static final Duration MINUTE = Duration.minutes(1);
    private static final Duration FIVE_MINUTES = Duration.minutes(5);

    private final Watched watched;

    CustomerRules(Watched watched) {
        this.watched = watched;
    }

    /** May be a new version's fault, so that it goes against a release; as do {@link #crashes}. */
    AlarmRule failedRequests() {
        int limit = alerting().failedPercent();
        return new AlarmRule(
                "FailedRequests",
                "more than " + limit + " % of requests ended in a 5xx over 5 minutes.",
                new FrontMetrics(watched).failedPercent(FIVE_MINUTES),
                Bound.above(limit));
    }

    /** An error that the function turned into an answer is none of these: its process died, or its start failed. */
    AlarmRule crashes() {
        return new AlarmRule(
                "Crashes",
                "inference-api crashed, timed out or did not start, in 2 of 5 minutes.",
                watched.inference().alias().metricErrors(each(MINUTE)),
                Bound.above(0, 2, 5));
    }

    /** Sees what a 5xx cannot: after the first token a failure is an event inside a 200. */
    private AlarmRule failedAnswers() {
        int limit = alerting().failedPercent();
        return new AlarmRule(
                "FailedAnswers",
                "more than " + limit
                        + " % of answers failed at the routers, streams that broke included, for 10 minutes.",
                failedAnswersPercent(),
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
                "Lambda turned requests away: inference-api is at its reserved concurrency, in 3 of 5 minutes.",
                watched.inference().function().metricThrottles(each(MINUTE)),
                Bound.above(0, 3, 5));
    }

    private IMetric failedAnswersPercent() {
        Map<String, IMetric> metrics = new TreeMap<>();
        for (int i = 0; i < Signals.FAILURES.size(); i++) {
            metrics.put("e" + i, watched.signals().errors(Signals.FAILURES.get(i), FIVE_MINUTES));
        }
        String failed =
                metrics.keySet().stream().map(key -> "FILL(" + key + ",0)").collect(Collectors.joining("+"));
        metrics.put("r", watched.signals().total(Metric.REQUESTS, "Sum", FIVE_MINUTES));
        return MathExpression.Builder.create()
                .expression("IF(%s>=5, 100*(%s)/r, 0)".formatted(failed, failed))
                .usingMetrics(metrics)
                .label("failed answers, % of requests")
                .period(FIVE_MINUTES)
                .build();
    }

    private static MetricOptions each(Duration period) {
        return MetricOptions.builder().statistic("Sum").period(period).build();
    }

    private Alerting alerting() {
        return watched.environment().alerting();
    }

    List<AlarmRule> otherRules() {
        return List.of(failedAnswers(), slowFirstToken(), throttled());
    }
}
