package network.cortensor.portal.infra.operations;

import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.infra.data.PortalTable;
import network.cortensor.portal.telemetry.Metric;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/** Alarms on what operators own and on the tables that hold it. */
final class CatalogRules {
    private static final Duration FIVE_MINUTES = Duration.minutes(5);

    /** Of the 60 s that a catalog may be old while the tables fail. */
    private static final Duration OLD = Duration.seconds(30);

    private static final Duration LATE = Duration.minutes(10);

    /** What a request reads. */
    private static final List<PortalTable> READ = List.of(
            PortalTable.MODELS,
            PortalTable.POOLS,
            PortalTable.TARGETS,
            PortalTable.TARGET_HEALTH,
            PortalTable.SESSION_SLOTS,
            PortalTable.API_KEYS,
            PortalTable.USAGE);

    /** What a request writes. */
    private static final List<PortalTable> WRITTEN =
            List.of(PortalTable.TARGET_HEALTH, PortalTable.SESSION_SLOTS, PortalTable.USAGE);

    private final Watched watched;

    CatalogRules(Watched watched) {
        this.watched = watched;
    }

    List<AlarmRule> rules() {
        return Stream.concat(
                        Stream.of(badItems(), staleCatalog(), unrecordedChanges(), lateHistory()), tablesThrottled())
                .toList();
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

    /** One alarm per table and direction: a table that was never throttled has no such metric, and would silence a formula over all of them. */
    private Stream<AlarmRule> tablesThrottled() {
        return Stream.concat(
                READ.stream().map(table -> throttled(table, "Read", "reads from")),
                WRITTEN.stream().map(table -> throttled(table, "Write", "writes to")));
    }

    private AlarmRule throttled(PortalTable table, String direction, String words) {
        return new AlarmRule(
                "TableThrottled-" + direction + table.id(),
                "DynamoDB throttles " + words + " the table " + table.id() + ", which requests need, for 10 minutes.",
                throttles(table, direction + "ThrottleEvents"),
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
