package network.cortensor.portal.dynamo.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.memory.RememberedCatalog;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/** The catalog's tables in DynamoDB Local, a reader of them, and a clock that the test moves. */
final class CatalogInTables implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    final TableNames tables = TableNames.prefixed("catalog-");
    private final DynamoHost dynamo;
    private final FaultyDynamoDb faulty;
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<Problem> problems = Collections.synchronizedList(new ArrayList<>());
    private volatile Instant now = START;

    /** @param host starts the place of the tables */
    CatalogInTables(Function<TableNames, DynamoHost> host) {
        dynamo = host.apply(tables);
        faulty = new FaultyDynamoDb(dynamo.client());
    }

    /** A new reader, as a new worker has it; calls and problems from now on are its own. */
    RememberedCatalog reader() {
        return reader(faulty.client());
    }

    /** @param health where the table of health is */
    RememberedCatalog reader(DynamoDbClient health) {
        heal();
        problems.clear();
        now = START;
        ProblemReports reports = problems::addAll;
        return new RememberedCatalog(
                new CatalogTables(faulty.client(), tables, reports),
                new DynamoHealth(health, tables, new SplittableRandom(1)).forRouting(),
                reports,
                () -> now);
    }

    DynamoDbClient client() {
        return dynamo.client();
    }

    HealthStore health() {
        return new DynamoHealth(dynamo.client(), tables, new SplittableRandom(1));
    }

    /** The names of the tables that were asked, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    void heal() {
        fail(table -> false);
    }

    void fail(Predicate<String> failing) {
        calls.clear();
        faulty.plan(request -> {
            String table = table(request);
            calls.add(table);
            return failing.test(table) ? Disturbance.unreachable() : Disturbance.NONE;
        });
    }

    Instant now() {
        return now;
    }

    void at(String seconds) {
        now = START.plus(Duration.parse("PT" + seconds + "S"));
    }

    /** An alias with one route to a pool. */
    void alias(String name, String pool, Map<String, Object> more) {
        Map<String, Object> item = new HashMap<>(Map.of(
                "alias",
                name,
                "state",
                "live",
                "contextLength",
                number(1000),
                "maxOutputTokens",
                number(100),
                "promptFormat",
                "plain",
                "routes",
                List.of(Map.of("pool", pool, "weight", number(1)))));
        item.putAll(more);
        put(tables.models(), item);
    }

    void pool(String name, Map<String, Object> more) {
        Map<String, Object> item = new HashMap<>(Map.of("pool", name, "state", "live"));
        item.putAll(more);
        put(tables.pools(), item);
    }

    void target(String pool, String name, long session) {
        target(pool, name, Map.of("sessionId", number(session)));
    }

    void target(String pool, String name, Map<String, Object> more) {
        Map<String, Object> item = new HashMap<>(
                Map.of("pool", pool, "target", name, "state", "live", "routerUrl", "https://router.example:5010"));
        item.putAll(more);
        put(tables.targets(), item);
    }

    void deleteTarget(TargetId id) {
        client().deleteItem(request -> request.tableName(tables.targets())
                .key(Map.of(
                        "pool", AttributeValue.fromS(id.pool()),
                        "target", AttributeValue.fromS(id.name()))));
    }

    void empty(String table, String... keys) {
        client().scan(request -> request.tableName(table)).items().forEach(item -> {
            Map<String, AttributeValue> key = new HashMap<>(item);
            key.keySet().retainAll(Set.of(keys));
            client().deleteItem(request -> request.tableName(table).key(key));
        });
    }

    void put(String table, Map<String, Object> item) {
        client().putItem(request -> request.tableName(table).item(Items.attributes(ItemValue.item(item))));
    }

    static AliasView found(RememberedCatalog catalog, String alias) throws CatalogUnavailable {
        return catalog.find(alias).orElseThrow();
    }

    static BigDecimal number(long value) {
        return BigDecimal.valueOf(value);
    }

    @Override
    public void close() {
        dynamo.close();
    }

    private static String table(DynamoDbRequest request) {
        return request.getValueForField("TableName", String.class).orElse("");
    }
}
