package network.cortensor.portal.operator.doctor;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.operator.console.Moments;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.status.FleetView;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Whether the tables are there and of the form that the code reads, what time AWS says it is, and what the catalog looks like. */
final class TableChecks {
    /** Signatures are refused from 5 minutes on; slots and keys go by seconds, but functions' clocks are AWS's own. */
    private static final Duration CLOCK_MAY_DIFFER = Duration.ofMinutes(1);

    private final Access access;
    private final InstantSource clock;
    private Optional<Instant> awsTime = Optional.empty();

    TableChecks(Access access, InstantSource clock) {
        this.access = access;
        this.clock = clock;
    }

    List<CheckResult> findings() {
        TableNames names;
        try {
            names = access.tables();
        } catch (CommandStopped | SdkException e) {
            return List.of(CheckResult.skipped("tables", "their names are not known"));
        }
        List<CheckResult> findings = new ArrayList<>();
        List<CheckResult> bad = Stream.of(
                        table(names.models(), "alias"),
                        table(names.pools(), "pool"),
                        table(names.targets(), "pool, target"),
                        table(names.targetHealth(), "pool, target"),
                        table(names.sessionSlots(), "router, slot"),
                        table(names.catalogHistory(), "item, sequence"),
                        table(names.apiKeys(), "keyHash"),
                        table(names.usage(), "keyId, entry"))
                .filter(finding -> finding.grade() != CheckResult.Grade.OK)
                .toList();
        findings.addAll(bad.isEmpty() ? List.of(CheckResult.ok("tables", "all eight are active")) : bad);
        findings.add(time());
        findings.addAll(
                bad.isEmpty() ? catalog() : List.of(CheckResult.skipped("catalog", "its tables cannot be read")));
        return findings;
    }

    private CheckResult table(String name, String keys) {
        String what = "table " + name;
        try {
            DescribeTableResponse answer = access.dynamo().describeTable(ask -> ask.tableName(name));
            answer.sdkHttpResponse()
                    .firstMatchingHeader("Date")
                    .flatMap(TableChecks::time)
                    .ifPresent(time -> awsTime = Optional.of(time));
            String found = answer.table().keySchema().stream()
                    .map(KeySchemaElement::attributeName)
                    .collect(Collectors.joining(", "));
            if (!found.equals(keys)) {
                return CheckResult.bad(what, "keyed by " + found, "give the name of the right table: expected " + keys);
            }
            return answer.table().tableStatus() == TableStatus.ACTIVE
                    ? CheckResult.ok(what, "active")
                    : CheckResult.bad(
                            what,
                            String.valueOf(answer.table().tableStatusAsString()),
                            "wait, or look at it in the console");
        } catch (ResourceNotFoundException e) {
            return CheckResult.bad(
                    what, "not there", "check account, region and --table-prefix; or deploy the data stack");
        } catch (SdkException e) {
            return CheckResult.bad(what, AccountChecks.first(e), "check that this role may use the table");
        }
    }

    private static Optional<Instant> time(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private CheckResult time() {
        if (awsTime.isEmpty()) {
            return CheckResult.skipped("clock", "DynamoDB did not say what time it is");
        }
        Duration off = Duration.between(awsTime.get(), clock.instant());
        return off.abs().compareTo(CLOCK_MAY_DIFFER) <= 0
                ? CheckResult.ok("clock", "within a minute of AWS's")
                : CheckResult.bad(
                        "clock",
                        Moments.length(off.abs()) + (off.isNegative() ? " behind" : " ahead of") + " AWS's",
                        "set this machine's clock: expiries and drains are told by it, and AWS refuses signatures from"
                                + " 5 min on");
    }

    private List<CheckResult> catalog() {
        try {
            FleetView fleet = FleetView.read(access, clock);
            List<Problem> errors = fleet.catalog().problems().stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .toList();
            String size = fleet.catalog().aliases().size() + " models, "
                    + fleet.catalog().pools().size() + " pools, "
                    + fleet.catalog().targets().size() + " targets";
            CheckResult items = errors.isEmpty()
                    ? CheckResult.ok("catalog", size)
                    : CheckResult.bad(
                            "catalog",
                            size + ", and " + errors.size() + " bad items; first " + errors.getFirst(),
                            "correct them: portalctl status names all");
            return List.of(items, prober(fleet));
        } catch (CommandStopped stopped) {
            return List.of(CheckResult.bad("catalog", stopped.lines().getFirst(), "try again"));
        } catch (SdkException e) {
            return List.of(
                    CheckResult.bad("catalog", AccountChecks.first(e), "check that this role may read the tables"));
        }
    }

    private CheckResult prober(FleetView fleet) {
        Optional<Instant> beat = fleet.heartbeat();
        if (beat.isEmpty()) {
            return fleet.catalog().pools().isEmpty()
                    ? CheckResult.skipped("prober", "no pool to look after")
                    : CheckResult.bad("prober", "never finished a tick", "see the runbook's chapter no tick");
        }
        return fleet.healthIsStale()
                ? CheckResult.bad(
                        "prober",
                        "last tick " + Moments.from(clock.instant(), beat.get()) + ", so health counts as unknown",
                        "see the runbook's chapter no tick")
                : CheckResult.ok("prober", "last tick " + Moments.from(clock.instant(), beat.get()));
    }
}
