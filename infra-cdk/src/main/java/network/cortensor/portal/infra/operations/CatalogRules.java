package network.cortensor.portal.infra.operations;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.cortensor.portal.infra.data.PortalTable;
import network.cortensor.portal.telemetry.Metric;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/** Alarms on what operators own and on the tables that hold it. */
final class CatalogRules {
    private static final Duration FIVE_MINUTES = Duration.minutes(5);

    /** Of the 60 s that a catalog may be old while the tables fail. */
    private static final Duration OLD = Duration.seconds(30);

    private static final Duration LATE = Duration.minutes(10);

    /** An alarm takes ten metrics at most: these are what a request reads and writes. */
    private static final List<PortalTable> READ = List.of(
            PortalTable.MODELS,
            PortalTable.POOLS,
            PortalTable.TARGETS,
            PortalTable.TARGET_HEALTH,
            PortalTable.SESSION_SLOTS,
            PortalTable.API_KEYS);

    private static final List<PortalTable> WRITTEN =
            List.of(PortalTable.TARGET_HEALTH, PortalTable.SESSION_SLOTS, PortalTable.USAGE);

    private final Watched watched;

    CatalogRules(Watched watched) {
        this.watched = watched;
    }

    List<AlarmRule> rules() {
        return List.of(badItems(), staleCatalog(), tableThrottled(), unrecordedChanges(), lateHistory());
    }

    private AlarmRule badItems() {
        return new AlarmRule(
                "BadItems",
                "an item of the catalog is set aside, or one of its fields is not what it should be.",
                watched.signals().total(Metric.BAD_ITEMS, "Maximum", FIVE_MINUTES),
                Bound.above(0));
    }

    private AlarmRule staleCatalog() {
        return new AlarmRule(
                "StaleCatalog",
                "requests run on a catalog more than " + OLD.toSeconds() + " s old: the tables cannot be read.",
                watched.signals().total(Metric.CATALOG_AGE, "Maximum", Duration.minutes(1)),
                Bound.above(OLD.toMilliseconds().doubleValue()));
    }

    private AlarmRule tableThrottled() {
        List<String> terms = new ArrayList<>();
        Map<String, IMetric> metrics = new TreeMap<>();
        for (PortalTable table : READ) {
            metrics.put("r" + table.id(), throttles(table, "ReadThrottleEvents"));
        }
        for (PortalTable table : WRITTEN) {
            metrics.put("w" + table.id(), throttles(table, "WriteThrottleEvents"));
        }
        metrics.keySet().forEach(key -> terms.add("FILL(" + key + ",0)"));
        return new AlarmRule(
                "TableThrottled",
                "DynamoDB throttles a table that requests need, for 10 minutes.",
                MathExpression.Builder.create()
                        .expression(terms.stream().collect(joining("+")))
                        .usingMetrics(metrics)
                        .label("throttled reads and writes")
                        .period(FIVE_MINUTES)
                        .build(),
                Bound.above(0, 2, 2));
    }

    private IMetric throttles(PortalTable table, String name) {
        return watched.tables()
                .table(table)
                .metric(
                        name,
                        MetricOptions.builder()
                                .statistic("Sum")
                                .period(FIVE_MINUTES)
                                .build());
    }

    private AlarmRule unrecordedChanges() {
        return new AlarmRule(
                "UnrecordedChanges",
                "a change of the catalog could not be recorded; its note lies in the queue.",
                watched.history()
                        .undelivered()
                        .metricApproximateNumberOfMessagesVisible(MetricOptions.builder()
                                .statistic("Maximum")
                                .period(FIVE_MINUTES)
                                .build()),
                Bound.above(0));
    }

    private AlarmRule lateHistory() {
        return new AlarmRule(
                "LateHistory",
                "changes of the catalog are recorded more than " + LATE.toMinutes() + " minutes late.",
                watched.history()
                        .function()
                        .metric(
                                "IteratorAge",
                                MetricOptions.builder()
                                        .statistic("Maximum")
                                        .period(FIVE_MINUTES)
                                        .build()),
                Bound.above(LATE.toMilliseconds().doubleValue()));
    }
}
