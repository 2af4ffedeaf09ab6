package network.cortensor.portal.operator.doctor;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.operator.console.Moments;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.AwsWords;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.status.FleetView;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Whether the tables are there and of the form that the code relies on, what time AWS says it is, and what the catalog looks like. */
final class TableChecks {
    /** The attribute by which DynamoDB deletes what has expired. */
    private static final String EXPIRY = "expiresAt";

    private final Access access;
    private final InstantSource clock;
    private Optional<Instant> awsTime = Optional.empty();

    TableChecks(Access access, InstantSource clock) {
        this.access = access;
        this.clock = clock;
    }

    /**
     * A table as the stack makes it.
     *
     * @param keys the names of its key's attributes
     */
    private record Wanted(String name, String keys, Needs needs) {}

    /** What a table must do by itself. */
    private enum Needs {
        NOTHING,
        /** Its changes are told to the function that records history. */
        STREAM,
        /** Its items expire. */
        EXPIRY
    }

    void run(Consumer<CheckResult> found) throws ChecksEnded {
        TableNames names;
        try {
            names = access.tables();
        } catch (CommandStopped | SdkException e) {
            found.accept(CheckResult.skipped("tables", "their names are not known"));
            return;
        }
        List<CheckResult> faults = new ArrayList<>();
        boolean readable = true;
        try {
            for (Wanted wanted : wanted(names)) {
                Looked looked = look(wanted);
                faults.addAll(looked.faults());
                readable &= looked.readable();
            }
        } catch (SdkClientException e) {
            throw ChecksEnded.at("tables", access, e);
        }
        (faults.isEmpty() ? List.of(CheckResult.ok("tables", "all eight are active")) : faults).forEach(found);
        found.accept(awsTime.map(time -> AwsClock.check(time, clock.instant())).orElseGet(AwsClock::unknown));
        (readable ? catalog() : List.of(CheckResult.skipped("catalog", "its tables cannot be read"))).forEach(found);
    }

    /**
     * What was seen of a table.
     *
     * @param readable whether its items are those that the code reads
     */
    private record Looked(boolean readable, List<CheckResult> faults) {
        static Looked unreadable(CheckResult fault) {
            return new Looked(false, List.of(fault));
        }
    }

    private List<Wanted> wanted(TableNames names) {
        // The local product's health is younger than the month for which it is kept, so it needs no expiry there.
        Needs health = access.isLocal() ? Needs.NOTHING : Needs.EXPIRY;
        return List.of(
                new Wanted(names.models(), "alias", Needs.STREAM),
                new Wanted(names.pools(), "pool", Needs.STREAM),
                new Wanted(names.targets(), "pool, target", Needs.STREAM),
                new Wanted(names.targetHealth(), "pool, target", health),
                new Wanted(names.sessionSlots(), "router, slot", Needs.EXPIRY),
                new Wanted(names.catalogHistory(), "item, sequence", Needs.NOTHING),
                new Wanted(names.apiKeys(), "keyHash", Needs.NOTHING),
                new Wanted(names.usage(), "keyId, entry", Needs.EXPIRY));
    }

    private Looked look(Wanted wanted) {
        String what = "table " + wanted.name();
        try {
            DescribeTableResponse answer = access.dynamo().describeTable(ask -> ask.tableName(wanted.name()));
            noteTime(answer.sdkHttpResponse());
            Optional<CheckResult> form = form(what, wanted, answer.table());
            return form.isPresent()
                    ? Looked.unreadable(form.get())
                    : new Looked(
                            true,
                            behaviour(what, wanted, answer.table()).stream().toList());
        } catch (ResourceNotFoundException e) {
            return Looked.unreadable(CheckResult.bad(
                    what, "not there", "check account, region and --table-prefix; or deploy the data stack"));
        } catch (DynamoDbException e) {
            Optional.ofNullable(e.awsErrorDetails())
                    .flatMap(details -> Optional.ofNullable(details.sdkHttpResponse()))
                    .ifPresent(this::noteTime);
            return Looked.unreadable(CheckResult.bad(what, AwsWords.of(e), "check that this role may use the table"));
        }
    }

    private void noteTime(SdkHttpResponse response) {
        response.firstMatchingHeader("Date").flatMap(AwsClock::time).ifPresent(time -> awsTime = Optional.of(time));
    }

    private static Optional<CheckResult> form(String what, Wanted wanted, TableDescription table) {
        String found =
                table.keySchema().stream().map(KeySchemaElement::attributeName).collect(Collectors.joining(", "));
        if (!found.equals(wanted.keys())) {
            return Optional.of(CheckResult.bad(
                    what, "keyed by " + found, "give the name of the right table: expected " + wanted.keys()));
        }
        return table.tableStatus() == TableStatus.ACTIVE || table.tableStatus() == TableStatus.UPDATING
                ? Optional.empty()
                : Optional.of(CheckResult.bad(
                        what, String.valueOf(table.tableStatusAsString()), "wait, or look at it in the console"));
    }

    private Optional<CheckResult> behaviour(String what, Wanted wanted, TableDescription table) {
        return switch (wanted.needs()) {
            case NOTHING -> Optional.empty();
            case STREAM ->
                tellsBothImages(table)
                        ? Optional.empty()
                        : Optional.of(CheckResult.bad(
                                what,
                                "has no stream of new and old images, so history records nothing",
                                "deploy the data stack again"));
            case EXPIRY -> expiry(what, wanted.name());
        };
    }

    private static boolean tellsBothImages(TableDescription table) {
        StreamSpecification stream = table.streamSpecification();
        return stream != null
                && Boolean.TRUE.equals(stream.streamEnabled())
                && stream.streamViewType() == StreamViewType.NEW_AND_OLD_IMAGES;
    }

    /** Without it requests go on, and the table and its bill grow for ever. */
    private Optional<CheckResult> expiry(String what, String name) {
        try {
            TimeToLiveDescription described = access.dynamo()
                    .describeTimeToLive(ask -> ask.tableName(name))
                    .timeToLiveDescription();
            boolean on = described.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                    || described.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
            return on && EXPIRY.equals(described.attributeName())
                    ? Optional.empty()
                    : Optional.of(CheckResult.bad(
                            what,
                            "has no time to live by " + EXPIRY + ", so what has expired stays and is paid for",
                            "deploy the data stack again, or switch it on: aws dynamodb update-time-to-live --table-name "
                                    + name + " --time-to-live-specification Enabled=true,AttributeName=" + EXPIRY));
        } catch (DynamoDbException e) {
            return Optional.of(CheckResult.warning(
                    what,
                    "its time to live is not known: " + AwsWords.of(e),
                    "check that this role may dynamodb:DescribeTimeToLive"));
        }
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
            return List.of(CheckResult.bad("catalog", AwsWords.of(e), "check that this role may read the tables"));
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
