package network.cortensor.portal.infra.operations;

import java.util.List;
import java.util.Map;
import network.cortensor.portal.infra.functions.Served;
import network.cortensor.portal.telemetry.Metric;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;

/**
 * Alarms that stop a release and roll it back. They look at what the newest version of {@code inference-api} does itself, and at nothing
 * else: neither at routers, whose failures no version can mend, nor at the version before. So what is wrong already never stops its own cure.
 */
final class ReleaseRules {
    private static final Duration MINUTE = Duration.minutes(1);

    /** A sound version has none; one moment in which a table does not answer is no reason. */
    private static final int OWN_FAILURES_PERCENT = 2;

    private final Signals signals;
    private final Served served;
    private final String kind;

    /** @param kind in the alarms' ids, which tells functions of one deployment apart; empty for the one on demand */
    ReleaseRules(Signals signals, Served served, String kind) {
        this.signals = signals;
        this.served = served;
        this.kind = kind;
    }

    List<AlarmRule> rules() {
        return List.of(failures(), crashes());
    }

    /**
     * Two minutes of five: a tenth of one request a second is six requests a minute, so a version that fails all of them is found in two
     * minutes, and one that fails a tenth of them in some five.
     */
    private AlarmRule failures() {
        return new AlarmRule(
                kind.isEmpty() ? "NewVersion" : "NewVersion-" + kind,
                "the newest version fails more than " + OWN_FAILURES_PERCENT
                        + " % of its requests by its own doing, in 2 of 5 minutes.",
                Share.percent(
                        signals.of(served, Metric.OWN_FAILURES, MINUTE),
                        signals.of(served, Metric.REQUESTS, MINUTE),
                        MINUTE,
                        "failures of its own making, % of requests"),
                Bound.above(OWN_FAILURES_PERCENT, 2, 5));
    }

    /** A process that died wrote no line. Lambda counts by version while the alias leads to two of them, which is while a canary runs. */
    private AlarmRule crashes() {
        return new AlarmRule(
                "NewVersion-" + kind + "Crashes",
                "the newest version crashed, timed out or did not start, in 2 of 5 minutes of its release.",
                errors(),
                Bound.above(0, 2, 5));
    }

    private IMetric errors() {
        String function = served.function().getFunctionName();
        return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
                .namespace("AWS/Lambda")
                .metricName("Errors")
                .dimensionsMap(Map.of(
                        "FunctionName",
                        function,
                        "Resource",
                        function + ":" + served.alias().getAliasName(),
                        "ExecutedVersion",
                        served.newest().getVersion()))
                .statistic("Sum")
                .period(MINUTE)
                .build();
    }
}
