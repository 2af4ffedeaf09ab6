package network.cortensor.portal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.EditVerdict;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.Sequence;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.operator.Operator.Outcome;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.usage.Admission;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.RequestedUse;
import network.cortensor.portal.usage.Reservation;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/**
 * One item of every table is broken by hand, all at once: an alias, a pool, targets, a key, a plan, evidence, the prober's heartbeat, a slot, a request's record,
 * a day's sum, a customer's counters, entries of history. Beside each stands a good one, and every command does its work on that.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenItemsTest {
    private static final TableNames TABLES = TableNames.prefixed("Broken");
    /** In a future that DynamoDB Local does not reach: it deletes by itself what has expired. */
    private static final Instant NOW = Instant.parse("2099-11-29T12:00:00Z");

    private static final String ROUTER = "router.example:5010";

    private static final String CATALOG = """
        models:
          good: {state: live, contextLength: 10, maxOutputTokens: 5, promptFormat: plain, routes: [{pool: good, weight: 1}]}
          broken: {state: live, contextLength: 10, maxOutputTokens: 5, promptFormat: plain, routes: [{pool: good, weight: 1}, {pool: broken, weight: 1}]}
        pools:
          good: {state: live}
          broken: {state: live}
        targets:
          good:
            a: {routerUrl: "https://router.example:5010", sessionId: 1, state: live}
            b: {routerUrl: "https://router.example:5010", sessionId: 2, state: live}
            broken: {routerUrl: "https://router.example:5010", sessionId: 3, state: live}
          broken:
            broken: {routerUrl: "https://router.example:5010", sessionId: 4, state: live}
        plans:
          good: {requestsPerMinute: 10, requestsPerWeek: unlimited, tokensPerWeek: unlimited, requestsInFlight: 3}
          broken: {requestsPerMinute: 10, requestsPerWeek: unlimited, tokensPerWeek: unlimited, requestsInFlight: 3}
        """;

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);

    @TempDir
    private static Path folder;

    private Instant now = NOW;
    private String goodKey = "";
    private String brokenKey = "";
    private String goodRequest = "";
    private String brokenRequest = "";
    private List<Row> rows = List.of();

    /** An item as it was before anything was broken. */
    private record Row(String table, List<String> keys, Map<String, AttributeValue> item) {
        /** Everything about what is called broken, and about session 3, whose target is. */
        private boolean breaks() {
            return keys.stream()
                            .map(key -> item.getOrDefault(key, text("")).s())
                            .anyMatch(key -> key.equals("broken")
                                    || key.equals("plan#broken")
                                    || key.equals("Models/broken")
                                    || key.equals("heartbeat")
                                    || key.equals("customer#brokenco")
                                    || key.equals("3#0"))
                    || item.getOrDefault("customer", text("")).s().equals("brokenco");
        }

        private Map<String, AttributeValue> key() {
            Map<String, AttributeValue> key = new HashMap<>(item);
            key.keySet().retainAll(keys);
            return key;
        }

        /** @param values what stands in the place of each other attribute; without one it is gone */
        private Map<String, AttributeValue> broken(Supplier<Optional<AttributeValue>> values) {
            Map<String, AttributeValue> broken = new HashMap<>(key());
            new TreeSet<>(item.keySet())
                    .stream()
                            .filter(name -> !keys.contains(name))
                            .forEach(name -> values.get().ifPresent(value -> broken.put(name, value)));
            return broken;
        }
    }

    @BeforeAll
    void oneOfEverythingTwice() throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), CATALOG);
        done("apply --yes " + file);
        goodKey = keyId(done("keys create --json --customer goodco --plan good"));
        brokenKey = keyId(done("keys create --json --customer brokenco --plan broken"));
        goodRequest = use(goodKey, "goodco", "good");
        brokenRequest = use(brokenKey, "brokenco", "broken");
        DynamoHealth health = new DynamoHealth(dynamo.client(), TABLES, new SplittableRandom(1));
        health.write(new TargetId("good", "a"), sick("1"));
        health.write(new TargetId("good", "broken"), sick("3"));
        health.beat(NOW);
        slot("1#0");
        slot("3#0");
        history("good");
        history("broken");
        rows = stored();
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    static Stream<Named<Supplier<Optional<AttributeValue>>>> hands() {
        SplittableRandom random = new SplittableRandom(17);
        List<AttributeValue> values = List.of(
                text(""),
                text("?"),
                text("x".repeat(20_000)),
                text("2026-02-30T25:00:00Z"),
                text("+999999999-12-31T23:59:59Z"),
                AttributeValue.fromN("-0.5"),
                AttributeValue.fromN("9.9E+125"),
                AttributeValue.fromN("9223372036854775807"),
                AttributeValue.fromNul(true),
                AttributeValue.fromBool(true),
                AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {-1, 0, 7})),
                AttributeValue.fromSs(List.of("a", "b")),
                AttributeValue.fromL(List.of()),
                AttributeValue.fromM(Map.of("z", AttributeValue.fromL(List.of(AttributeValue.fromNul(true))))));
        return Stream.of(
                Named.of("nothing but a key", Optional::empty),
                Named.of(
                        "something else in each attribute",
                        () -> Optional.of(values.get(random.nextInt(values.size())))));
    }

    @ParameterizedTest
    @MethodSource("hands")
    void everyCommandDoesItsWorkOnAllOthers(Supplier<Optional<AttributeValue>> hand) throws Exception {
        rows.stream().filter(Row::breaks).forEach(row -> put(row.table(), row.broken(hand)));

        assertThat(told("status").out()).contains("\n  pool good", "    a ", "    b ");
        assertThat(told("explain good").out()).startsWith("good for a nameless customer");
        assertThat(told("keys list").out()).contains(goodKey);
        assertThat(told("plan list").out()).contains("good");
        assertThat(told("usage --csv").out()).contains("goodco," + goodKey + ",2,20,40,60");
        assertThat(told("usage --by alias --csv").out()).contains("good,2,20,40,60");
        assertThat(told("history good").out()).contains("it was so once");
        assertThat(told("export").out()).contains("  good:\n", "    a:\n");
        assertThat(told("trace " + goodRequest).out()).contains("goodco");
        for (String command : List.of(
                "status --json",
                "explain broken",
                "keys list --all --json",
                "keys show " + brokenKey,
                "plan show broken",
                "history broken",
                "diff --prune " + folder.resolve("c.yaml"),
                "trace " + brokenRequest,
                "shift broken good=3",
                "rollback broken 7 --yes --force",
                "keys rotate " + brokenKey,
                "keys revoke " + brokenKey,
                "drain good/broken --wait",
                "plan set broken --requests-per-minute 7")) {
            told(command);
        }
        for (String command : List.of(
                "keys show " + goodKey,
                "pause good/b",
                "resume good/b",
                "drain good/b --wait",
                "shift good good=2",
                "rollback good 7 --yes",
                "keys create --customer newco --plan good",
                "keys rotate " + goodKey,
                "keys revoke " + goodKey,
                "plan set good --requests-per-minute 7",
                "slots delete " + ROUTER + " 1#0 --force",
                "apply --yes --force " + folder.resolve("c.yaml"))) {
            done(command);
        }
    }

    @Test
    void aRequestOfAKeyThatHasLostItsIdIsNotSaidToHaveNoRecordWithoutAWordOfTheKey() {
        rows.stream()
                .filter(row -> row.item().getOrDefault("keyId", text("")).s().equals(brokenKey)
                        && row.keys().contains("keyHash"))
                .forEach(row -> put(row.table(), row.broken(Optional::empty)));

        Outcome outcome = told("trace " + brokenRequest);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(": keyId: no name, so that its use cannot be found", "no trace of req_");
    }

    /** Neither a fault of the tool, nor of AWS's. */
    private Outcome told(String command) {
        now = NOW;
        Outcome outcome = Operator.at(dynamo.url(), "Broken")
                .waiting(() -> now, this::pass)
                .with(ScriptedTerminal.piped(""))
                .run(command.split(" "));
        assertThat(outcome.exitCode()).as("%s: %s", command, outcome.err()).isBetween(0, 2);
        return outcome;
    }

    private Outcome done(String command) {
        Outcome outcome = told(command);
        assertThat(outcome.exitCode()).as("%s: %s", command, outcome.err()).isZero();
        return outcome;
    }

    /** No drain here takes longer. */
    private void pass(Duration duration) {
        now = now.plus(duration.multipliedBy(10));
        assertThat(now).isBefore(NOW.plusSeconds(1_000));
    }

    private List<Row> stored() {
        List<Row> all = new ArrayList<>();
        for (String table : TABLES.all()) {
            List<String> keys =
                    dynamo.client().describeTable(describe -> describe.tableName(table)).table().keySchema().stream()
                            .map(KeySchemaElement::attributeName)
                            .toList();
            dynamo.client()
                    .scanPaginator(scan -> scan.tableName(table))
                    .items()
                    .forEach(item -> all.add(new Row(table, keys, item)));
        }
        return all;
    }

    @AfterEach
    void restore() {
        stored().forEach(row -> dynamo.client()
                .deleteItem(delete -> delete.tableName(row.table()).key(row.key())));
        rows.forEach(row -> put(row.table(), row.item()));
    }

    private void put(String table, Map<String, AttributeValue> item) {
        dynamo.client().putItem(put -> put.tableName(table).item(item));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static String keyId(Outcome made) {
        return Arrays.stream(made.out().split("\""))
                .filter(word -> word.matches("key-[0-9a-f]{16}"))
                .findFirst()
                .orElseThrow();
    }

    private static TargetHealth sick(String session) {
        TargetHealth health = HealthFold.fold(
                TargetHealth.none(new Session(ROUTER, session)),
                new Observation.Served(Optional.of(Duration.ofSeconds(1))),
                NOW);
        for (int failure = 0; failure < 4; failure++) {
            health = HealthFold.fold(health, new Observation.Failed(new Failure.RouterError()), NOW);
        }
        return health;
    }

    private void slot(String slot) {
        put(
                TABLES.sessionSlots(),
                Map.of(
                        "router", text(ROUTER),
                        "slot", text(slot),
                        "owner", text("0123456789abcdef0123456789abcdef"),
                        "takenAt", text(NOW.toString()),
                        "expiresAt",
                                AttributeValue.fromN(
                                        Long.toString(NOW.plusSeconds(60).getEpochSecond()))));
    }

    private void history(String model) throws Exception {
        Map<String, AttributeValue> after = dynamo.client()
                .getItem(get -> get.tableName(TABLES.models()).key(Map.of("alias", text(model))))
                .item();
        Map<String, AttributeValue> before = new HashMap<>(after);
        before.put("description", text("it was so once"));
        new DynamoHistory(dynamo.client(), TABLES.catalogHistory())
                .record(new HistoryEntry(
                        new HistoryEntry.Id(
                                CatalogKey.model(model), Sequence.parse("7").orElseThrow()),
                        new HistoryEntry.Edit(NOW, Optional.of("bob"), Optional.empty()),
                        new HistoryEntry.Images(Optional.of(before), Optional.of(after)),
                        new EditVerdict(EditVerdict.Scope.CATALOG, List.of())));
    }

    /** One request yesterday, of which there is a sum of the day since the customer's next one; that one is today's. */
    private String use(String keyId, String customer, String alias) throws Exception {
        String first = use(keyId, customer, alias, NOW.minus(Duration.ofDays(1)));
        use(keyId, customer, alias, NOW.minusSeconds(600));
        return first;
    }

    private String use(String keyId, String customer, String alias, Instant at) throws Exception {
        Ledger ledger = new Ledger(
                new DynamoUsageTable(dynamo.client(), TABLES.usage(), problems -> {}),
                InstantSource.fixed(at),
                pause -> {},
                Ledger.Terms.PRODUCTION);
        Customer who =
                new Customer(keyId, customer, new Plan("good", Limits.NONE, Limits.NONE), new AllowedModels.All());
        RequestId id = RequestId.draw(at, new SplittableRandom(customer.hashCode()));
        Admission admission = ledger.look(who).admit(id, alias, new RequestedUse(10, 100));
        Reservation reservation = ((Admission.Admitted) admission).reservation();
        reservation.open();
        reservation.settle(
                new Ending(200, "ok", 1, Optional.empty(), Duration.ofSeconds(2)), new Tokens(10, 20, Basis.COUNTED));
        return id.text();
    }
}
