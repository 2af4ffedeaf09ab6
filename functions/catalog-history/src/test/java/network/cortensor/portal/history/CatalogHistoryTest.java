package network.cortensor.portal.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.EditVerdict;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.catalog.DynamoFleet;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.HistoryUnavailable;
import network.cortensor.portal.dynamo.history.Sequence;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.settings.BadSettings;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.telemetry.BadItems;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import network.cortensor.portal.testkit.dynamo.PlainItem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** The function as Lambda calls it, with the event files, on real tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogHistoryTest {
    private static final TableNames TABLES = TableNames.prefixed("Portal");
    private static final CatalogKey MODEL = CatalogKey.model("gpt-oss-20b");
    private static final CatalogKey POOL = CatalogKey.pool("oss-20b");
    private static final CatalogKey TARGET = CatalogKey.target("oss-20b", "a-101");

    private final DynamoHost dynamo = host(TABLES);
    private final FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
    private final DynamoHistory history = new DynamoHistory(dynamo.client(), TABLES.catalogHistory());
    private final List<Line> lines = new ArrayList<>();
    private HistoryFunction function = function();

    /** The other places where these tests run have another one. */
    DynamoHost host(TableNames names) {
        return DynamoLocal.startWith(new TableSchema(names)::create);
    }

    @BeforeEach
    void empty() {
        List.of(TABLES.catalogHistory(), TABLES.models(), TABLES.pools(), TABLES.targets())
                .forEach(this::clear);
        faulty.heal();
        lines.clear();
        function = function();
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    @Test
    void anEditBecomesAnEntryWithBothImagesItsAuthorAndItsReason() throws Exception {
        put(TABLES.pools(), Map.of("pool", "oss-20b", "state", "live"));
        put(TABLES.pools(), Map.of("pool", "oss-20b-next", "state", "live"));

        assertThat(function.handle("catalog-edit.json")).isEmpty();

        HistoryEntry entry = only(MODEL);
        assertThat(entry.edit())
                .isEqualTo(new HistoryEntry.Edit(
                        Instant.parse("2026-11-23T12:00:00Z"), Optional.of("ana"), Optional.of("rollout at 10 %")));
        assertThat(entry.images().kind()).isEqualTo(HistoryEntry.Kind.CHANGED);
        assertThat(weights(entry.images().before())).containsExactly(100, 0);
        assertThat(weights(entry.images().after())).containsExactly(90, 10);
        assertThat(entry.verdict()).isEqualTo(new EditVerdict(EditVerdict.Scope.CATALOG, List.of()));
        assertThat(metrics(Metric.CATALOG_CHANGES)).isEqualTo(2);
        assertThat(metrics(Metric.BAD_ITEMS)).isZero();
    }

    @Test
    void everyTypeOfValueIsKeptAsItWas() throws Exception {
        function.handle("catalog-edit.json");

        assertThat(PlainItem.of(only(POOL).images().after().orElseThrow()))
                .containsEntry("attemptSeconds", AttributeValue.fromN("120.5"))
                .containsEntry(
                        "note",
                        AttributeValue.fromM(Map.of(
                                "empty", AttributeValue.fromS(""),
                                "nothing", AttributeValue.fromNul(true),
                                "flag", AttributeValue.fromBool(false),
                                "list",
                                        AttributeValue.fromL(List.of(
                                                AttributeValue.fromN("-0.0000000001"),
                                                AttributeValue.fromL(List.of()),
                                                AttributeValue.fromM(Map.of()))),
                                "bytes", AttributeValue.fromB(bytes(0, 1, 2, 255)),
                                "texts", AttributeValue.fromSs(List.of("a", "b")),
                                "numbers", AttributeValue.fromNs(List.of("1", "2.5")),
                                "binaries", AttributeValue.fromBs(List.of(bytes(0, 1))))));
    }

    @Test
    void anEditByHandIsNobodysAndABadOneRaisesTheMetricWithItsFields() throws Exception {
        put(TABLES.pools(), Map.of("pool", "oss-20b", "state", "live"));

        assertThat(function.handle("catalog-hand-edit.json")).isEmpty();

        HistoryEntry entry = only(TARGET);
        assertThat(entry.edit().by()).isEmpty();
        assertThat(entry.edit().reason()).isEmpty();
        assertThat(entry.verdict().bad()).isTrue();
        assertThat(entry.verdict().problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "target oss-20b/a-101: state: \"lively\" (expected: one of live, degraded, draining, paused)",
                        "target oss-20b/a-101: weight: -1 (expected: a whole number >= 0)");
        assertThat(metrics(Metric.BAD_ITEMS)).isEqualTo(2);
        assertThat(lines)
                .filteredOn(line -> line.event().equals("bad_item"))
                .extracting(line -> line.keys().get("field"))
                .containsExactly("state", "weight");
    }

    @Test
    void whatADeletionBreaksElsewhereIsItsVerdict() throws Exception {
        put(
                TABLES.models(),
                Map.of(
                        "alias",
                        "gpt-oss-20b",
                        "state",
                        "live",
                        "contextLength",
                        BigDecimal.valueOf(8_192),
                        "maxOutputTokens",
                        BigDecimal.valueOf(1_024),
                        "promptFormat",
                        "plain",
                        "routes",
                        List.of(Map.of("pool", "oss-20b", "weight", BigDecimal.ONE))));

        function.handle("catalog-delete.json");

        HistoryEntry entry = only(POOL);
        assertThat(entry.images().kind()).isEqualTo(HistoryEntry.Kind.DELETED);
        assertThat(entry.edit().by()).as("DynamoDB itself, as it says").contains("dynamodb.amazonaws.com");
        assertThat(entry.verdict().problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "model gpt-oss-20b: routes[0].pool: \"oss-20b\" does not exist (expected: the name of an"
                                + " item)");
    }

    @Test
    void aBatchThatComesAgainChangesNothingAndIsCountedOnce() throws Exception {
        function.handle("catalog-hand-edit.json");
        HistoryEntry first = only(TARGET);
        put(TABLES.pools(), Map.of("pool", "oss-20b", "state", "live"));

        assertThat(function.handle("catalog-hand-edit.json")).isEmpty();

        assertThat(only(TARGET)).isEqualTo(first);
        assertThat(metrics(Metric.CATALOG_CHANGES)).isEqualTo(1);
    }

    @Test
    void oneThatCannotBeWrittenIsNamedAndHoldsUpNoOther() throws Exception {
        faulty.plan(request -> request instanceof PutItemRequest put
                        && AttributeValue.fromS(MODEL.stored())
                                .equals(put.item().get("item"))
                ? Disturbance.throttled()
                : Disturbance.NONE);

        assertThat(function.handle("catalog-edit.json")).containsExactly("1234500000000000000001");
        assertThat(history.latest(MODEL, 10)).isEmpty();
        assertThat(only(POOL).images().kind()).isEqualTo(HistoryEntry.Kind.CREATED);

        faulty.heal();
        assertThat(function.handle("catalog-edit.json")).isEmpty();
        assertThat(history.latest(MODEL, 10)).hasSize(1);
        assertThat(metrics(Metric.CATALOG_CHANGES)).isEqualTo(2);
    }

    @Test
    void anAnswerThatGotLostIsNoSecondEntry() throws Exception {
        faulty.plan(request -> request instanceof PutItemRequest ? Disturbance.answerLost() : Disturbance.NONE);
        assertThat(function.handle("catalog-hand-edit.json")).containsExactly("1234500000000000000003");

        faulty.heal();
        assertThat(function.handle("catalog-hand-edit.json")).isEmpty();
        assertThat(history.latest(TARGET, 10)).hasSize(1);
    }

    @Test
    void whileTheOtherItemsCannotBeReadTheVerdictIsOfTheItemAlone() throws Exception {
        faulty.plan(request -> request instanceof ScanRequest ? Disturbance.unreachable() : Disturbance.NONE);

        assertThat(function.handle("catalog-edit.json")).isEmpty();

        assertThat(only(MODEL).verdict()).isEqualTo(new EditVerdict(EditVerdict.Scope.ITEM, List.of()));
    }

    @Test
    void aRecordOfAnotherTableIsNamedAsFailed() throws Exception {
        assertThat(function.handleText(
                        HistoryFunction.text("catalog-edit.json").replace("table/PortalModels/", "table/Elsewhere/")))
                .containsExactly("1234500000000000000001");
        assertThat(history.latest(POOL, 10)).hasSize(1);
    }

    @Test
    void neitherValuesNorPeoplesWordsReachTheLog() throws Exception {
        function.handleText(HistoryFunction.text("catalog-edit.json").replace("rollout at 10 %", "for mrs. smith"));

        assertThat(lines.stream().map(line -> line.keys().toString()))
                .noneMatch(line -> line.contains("smith") || line.contains("ana") || line.contains("AAEC"));
    }

    @Test
    void missingVariablesAreAllNamed() {
        assertThatThrownBy(() -> HistorySettings.of(Map.of(Variable.REGION.key(), "eu-central-1")))
                .isInstanceOf(BadSettings.class)
                .hasMessageContainingAll(
                        "PORTAL_ENVIRONMENT",
                        "PORTAL_TABLE_MODELS",
                        "PORTAL_TABLE_POOLS",
                        "PORTAL_TABLE_TARGETS",
                        "PORTAL_TABLE_CATALOG_HISTORY")
                .hasMessageNotContaining("AWS_REGION");
    }

    private HistoryFunction function() {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-23T12:00:05Z"));
        BadItems badItems = new BadItems(lines::add, clock);
        return new HistoryFunction(new CatalogHistory(new Recorder(
                TABLES,
                new DynamoFleet(faulty.client(), TABLES, badItems)::items,
                new DynamoHistory(faulty.client(), TABLES.catalogHistory()),
                new ChangeLog(lines::add, badItems))));
    }

    private HistoryEntry only(CatalogKey item) throws HistoryUnavailable {
        List<HistoryEntry> entries = history.latest(item, 10);
        assertThat(entries).hasSize(1);
        HistoryEntry entry = entries.getFirst();
        Sequence sequence = entry.id().sequence();
        assertThat(history.find(new HistoryEntry.Id(item, sequence))).contains(entry);
        return entry;
    }

    private double metrics(Metric metric) {
        return lines.stream()
                .mapToDouble(line -> line.metrics().getOrDefault(metric, 0.0))
                .sum();
    }

    private static List<Integer> weights(Optional<Map<String, AttributeValue>> model) {
        return Optional.ofNullable(model.orElseThrow().get("routes")).stream()
                .flatMap(routes -> routes.l().stream())
                .flatMap(route -> Optional.ofNullable(route.m().get("weight")).stream())
                .map(weight -> Integer.valueOf(weight.n()))
                .toList();
    }

    private static SdkBytes bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int index = 0; index < values.length; index++) {
            bytes[index] = (byte) values[index];
        }
        return SdkBytes.fromByteArray(bytes);
    }

    private void put(String table, Map<String, Object> item) {
        dynamo.client().putItem(request -> request.tableName(table).item(Items.attributes(ItemValue.item(item))));
    }

    private void clear(String table) {
        List<String> keys =
                dynamo.client().describeTable(describe -> describe.tableName(table)).table().keySchema().stream()
                        .map(key -> key.attributeName())
                        .toList();
        dynamo.client().scanPaginator(scan -> scan.tableName(table)).items().forEach(item -> {
            Map<String, AttributeValue> key = new HashMap<>(item);
            key.keySet().retainAll(keys);
            dynamo.client().deleteItem(delete -> delete.tableName(table).key(key));
        });
    }
}
