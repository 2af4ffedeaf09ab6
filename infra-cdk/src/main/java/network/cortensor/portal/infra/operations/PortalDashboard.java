package network.cortensor.portal.infra.operations;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.telemetry.Metric;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Row;
import software.constructs.Construct;

/** One page, from top to bottom: is anything wrong, what do customers feel, what do the pools do, what does the machine cost. */
public final class PortalDashboard extends Construct {
    private static final Duration MINUTE = Duration.minutes(1);
    private static final int WIDTH = 24;
    private static final int HEIGHT = 6;

    private final Dashboard dashboard;
    private final Signals signals;

    public PortalDashboard(Construct scope, String id, Watched watched, Alarms alarms) {
        super(scope, id);
        this.signals = watched.signals();
        List<List<IWidget>> machines = watched.inference()
                .managed()
                .map(managed -> List.of(row(
                        graph("Fleet: use, %", MachineRules.lines(managed, "CPUUtilization", "MemoryUtilization")),
                        graph("Fleet: cores", MachineRules.lines(managed, "vCPUAllocated", "vCPUAvailable")))))
                .orElse(List.of());
        this.dashboard = Dashboard.Builder.create(this, "Dashboard")
                .defaultInterval(Duration.hours(3))
                .widgets(Stream.concat(rows(watched, alarms).stream(), machines.stream())
                        .toList())
                .build();
    }

    private List<List<IWidget>> rows(Watched watched, Alarms alarms) {
        FrontMetrics fronts = new FrontMetrics(watched);
        CostDrivers costs = new CostDrivers(watched);
        return List.of(
                List.of(AlarmStatusWidget.Builder.create()
                        .title("Alarms")
                        .alarms(alarms.all())
                        .width(WIDTH)
                        .height(3)
                        .build()),
                row(
                        graph("Requests per front", fronts.requests(MINUTE)),
                        graph("Requests per alias", signals.each(Metric.REQUESTS, Signals.ALIAS, "Sum")),
                        graph("Errors by code", signals.each(Metric.ERRORS, Signals.CODE, "Sum"))),
                row(
                        times("Time to first token, ms", Metric.FIRST_TOKEN_TIME),
                        times("Time to the end, ms", Metric.TOTAL_TIME),
                        times("Wait for a slot, ms", Metric.QUEUE_WAIT)),
                row(
                        graph(
                                "First token p95 per alias, ms",
                                signals.each(Metric.FIRST_TOKEN_TIME, Signals.ALIAS, "p95")),
                        sums(
                                "Attempts",
                                Metric.ATTEMPTS,
                                Metric.ATTEMPT_FAILURES,
                                Metric.FAIL_OPEN,
                                Metric.OTHER_MODEL),
                        graph("Failed attempts per pool", signals.each(Metric.ATTEMPT_FAILURES, Signals.POOL, "Sum"))),
                row(
                        graph("Slots busy per pool, %", signals.each(Metric.SLOTS_SHARE, Signals.POOL, "Maximum")),
                        graph(
                                "Targets in rotation per pool",
                                signals.each(Metric.TARGETS_IN_ROTATION, Signals.POOL, "Minimum")),
                        graph(
                                "Targets ejected per pool",
                                signals.each(Metric.TARGETS_EJECTED, Signals.POOL, "Maximum"))),
                row(
                        sums(
                                "Prober's ticks",
                                Metric.TICKS,
                                Metric.FROZEN_TICKS,
                                Metric.STALE_HEALTH,
                                Metric.FOREIGN_SESSIONS),
                        sums("Probes", Metric.PROBES, Metric.PROBE_FAILURES),
                        graph(
                                "Catalog: age in ms, items set aside",
                                signals.total(Metric.CATALOG_AGE, "Maximum", MINUTE),
                                signals.total(Metric.BAD_ITEMS, "Maximum", MINUTE),
                                signals.total(Metric.CATALOG_CHANGES, "Sum", MINUTE))),
                row(
                        graph("Cost: Lambda, GB-seconds", costs.gigabyteSeconds()),
                        graph("Cost: DynamoDB, units", costs.tableUnits()),
                        graph("Cost: logs, bytes", costs.logBytes())));
    }

    /** Where a person opens it. */
    public String url() {
        String region = Stack.of(this).getRegion();
        return "https://" + region + ".console.aws.amazon.com/cloudwatch/home?region=" + region
                + "#dashboards/dashboard/" + dashboard.getDashboardName();
    }

    private IWidget times(String title, Metric metric) {
        return graph(
                title,
                signals.total(metric, "p50", MINUTE),
                signals.total(metric, "p95", MINUTE),
                signals.total(metric, "p99", MINUTE));
    }

    private IWidget sums(String title, Metric... metrics) {
        return graph(
                title,
                Arrays.stream(metrics)
                        .map(metric -> signals.total(metric, "Sum", MINUTE))
                        .toArray(IMetric[]::new));
    }

    private static IWidget graph(String title, IMetric... lines) {
        return graph(title, List.of(lines));
    }

    private static IWidget graph(String title, List<? extends IMetric> lines) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(lines)
                .width(WIDTH / 3)
                .height(HEIGHT)
                .build();
    }

    private static List<IWidget> row(IWidget... widgets) {
        return List.of(new Row(widgets));
    }
}
