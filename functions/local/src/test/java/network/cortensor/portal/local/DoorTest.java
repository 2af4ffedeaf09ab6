package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import network.cortensor.portal.api.ApiHandler;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.dispatch.Witness;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.catalog.CatalogTables;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.keys.DynamoKeys;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.inference.Assembly;
import network.cortensor.portal.inference.ProcessContext;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.memory.RememberedCatalog;
import network.cortensor.portal.memory.RememberedKeys;
import network.cortensor.portal.operator.edit.CatalogWriter;
import network.cortensor.portal.operator.edit.Changes;
import network.cortensor.portal.operator.file.CatalogFile;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;
import network.cortensor.portal.telemetry.BadItems;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.usage.MemoryUsageTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/** Who gets in, on real tables, with every call to them and to routers counted, and a clock that the test moves. */
class DoorTest {
    private static final TableNames TABLES = TableNames.prefixed("door-");
    private static final Instant START = Instant.parse("2099-11-23T12:00:00Z");
    private static final Path CATALOG =
            Path.of(System.getProperty("portal.root"), "catalog-seed", "catalogs", "local.yaml");
    private static final TokenCounter TOKENS = new TokenCounter();

    private static final String GOOD = key("local", 1);
    private static final String REVOKED = key("local", 2);
    private static final String EXPIRED = key("local", 3);
    private static final String NARROW = key("local", 4);
    private static final String NOBODYS = key("local", 5);
    private static final String OF_PROD = key("prod", 6);

    private static final DynamoLocal DYNAMO = DynamoLocal.startWith(new TableSchema(TABLES)::create);

    private final FaultyDynamoDb counted = new FaultyDynamoDb(DYNAMO.client());
    private final Map<String, AtomicInteger> calls = new HashMap<>();
    private final AtomicInteger routerCalls = new AtomicInteger();
    private final ConcurrentLinkedQueue<Line> lines = new ConcurrentLinkedQueue<>();
    private volatile Instant now = START;
    private ApiHandler api = worker();

    @BeforeAll
    static void start() throws Exception {
        CatalogFile catalog = CatalogFile.read(
                CATALOG,
                Map.of("router-a", "http://a.example", "router-b", "http://b.example", "openai", "http://c.example"));
        new CatalogWriter(DYNAMO.client(), TABLES)
                .write(
                        catalog.changesOf(catalog.stored(DYNAMO.client(), TABLES), Changes.Rest.STAYS),
                        new Edit(START, "test", "test"));
    }

    @AfterAll
    static void stop() {
        DYNAMO.close();
    }

    @BeforeEach
    void keys() {
        put(GOOD, Map.of());
        put(REVOKED, Map.of("status", "revoked"));
        put(EXPIRED, Map.of("expiry", START.toString()));
        put(NARROW, Map.of("allowedModels", List.of("gemma-4-26b")));
        plan(Map.of());
        now = START;
        api = worker();
        counting();
    }

    private static String key(String environment, long seed) {
        return KeyText.make(
                        environment,
                        RandomGeneratorFactory.of("L64X128MixRandom").create(seed))
                .reveal();
    }

    private static void put(String key, Map<String, Object> more) {
        String hash = KeyText.read(key).orElseThrow().hash().hex();
        Map<String, Object> item = new HashMap<>(
                Map.of("keyHash", hash, "keyId", "key-" + hash.substring(0, 6), "customer", "acme", "plan", "free"));
        item.put("status", "active");
        item.putAll(more);
        DYNAMO.client().putItem(put -> put.tableName(TABLES.apiKeys()).item(Items.attributes(ItemValue.item(item))));
    }

    private static void plan(Map<String, Object> more) {
        Map<String, Object> item = new HashMap<>(Map.of(
                "keyHash", "plan#free",
                "requestsPerMinute", "unlimited",
                "requestsPerWeek", "unlimited",
                "tokensPerWeek", "unlimited",
                "requestsInFlight", BigDecimal.TEN));
        item.putAll(more);
        DYNAMO.client().putItem(put -> put.tableName(TABLES.apiKeys()).item(Items.attributes(ItemValue.item(item))));
    }

    /** A worker as Lambda has it, with caches of its own. */
    private ApiHandler worker() {
        BadItems badItems = new BadItems(lines::add, () -> now);
        DynamoHealth health = new DynamoHealth(counted.client(), TABLES, new SplittableRandom(1));
        Assembly.Stores stores = new Assembly.Stores(
                new RememberedCatalog(
                        new CatalogTables(counted.client(), TABLES, badItems), health, badItems, () -> now),
                new DynamoSlotTable(counted.client(), TABLES.sessionSlots()),
                Witness.NONE,
                new Keys(
                        "local",
                        new RememberedKeys(new DynamoKeys(counted.client(), TABLES, badItems), badItems, () -> now)),
                new MemoryUsageTable());
        return new Assembly(
                        stores,
                        (target, request, times) -> {
                            routerCalls.incrementAndGet();
                            return new Hello();
                        },
                        Assembly.Rules.production(ModelsAccess.KEY_HOLDERS),
                        new ProcessContext(lines::add, () -> now, TOKENS, new WorkerEnd()),
                        new SplittableRandom(2))
                .handler()
                .api();
    }

    private void counting() {
        calls.clear();
        routerCalls.set(0);
        counted.plan(request -> {
            calls.computeIfAbsent(table(request), table -> new AtomicInteger()).incrementAndGet();
            return Disturbance.NONE;
        });
    }

    private static String table(DynamoDbRequest request) {
        return request.getValueForField("TableName", String.class).orElse("").replace("door-", "");
    }

    private int reads(String table) {
        return calls.getOrDefault(table, new AtomicInteger()).get();
    }

    private record Answer(int status, Map<String, String> headers, String body) {}

    private Answer chat(String headers) throws Exception {
        return call("POST", "/v1/chat/completions", headers);
    }

    private Answer call(String method, String path, String headers) throws Exception {
        String body =
                "{\\\"model\\\":\\\"gpt-oss-20b\\\",\\\"prompt\\\":\\\"hi\\\",\\\"max_tokens\\\":9,\\\"messages\\\":[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"hi\\\"}]}";
        String event = "{\"httpMethod\":\"" + method + "\",\"path\":\"" + path + "\",\"headers\":{" + headers
                + "},\"body\":\"" + body + "\"}";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AtomicInteger status = new AtomicInteger();
        Map<String, String> sent = new HashMap<>();
        api.handle(event.getBytes(StandardCharsets.UTF_8), now, now.plusSeconds(300), (code, answered) -> {
            status.set(code);
            sent.putAll(answered);
            return out;
        });
        return new Answer(status.get(), sent, out.toString(StandardCharsets.UTF_8));
    }

    private static String bearer(String key) {
        return "\"authorization\":\"Bearer " + key + "\"";
    }

    private static String xApiKey(String key) {
        return "\"x-api-key\":\"" + key + "\"";
    }

    static Stream<Arguments> whoMustStayOutside() {
        return Stream.of(
                Arguments.of("no key", "", 0),
                Arguments.of("another product's key", bearer("sk-proj-0123456789abcdef"), 0),
                Arguments.of("one wrong character", bearer(GOOD.replace('a', 'b')), 0),
                Arguments.of("a cut key", xApiKey(GOOD.substring(0, GOOD.length() - 1)), 0),
                Arguments.of("another environment's key", bearer(OF_PROD), 0),
                Arguments.of(
                        "a hash out of the table",
                        bearer(KeyText.read(GOOD).orElseThrow().hash().hex()),
                        0),
                Arguments.of("the name of a plan's item", xApiKey("plan#free"), 0),
                Arguments.of("nobody's key", bearer(NOBODYS), 1),
                Arguments.of("nobody's key by x-api-key", xApiKey(NOBODYS), 1),
                Arguments.of("a revoked key", bearer(REVOKED), 1),
                Arguments.of("an expired key", xApiKey(EXPIRED), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whoMustStayOutside")
    void whoHasNoGoodKeyReachesNoPoolNoSlotAndNoRouter(String name, String headers, int keyReads) throws Exception {
        for (String path : List.of("/v1/chat/completions", "/v1/completions", "/v1/messages")) {
            Answer answer = call("POST", path, headers);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers()).containsEntry("x-should-retry", "false");
        }
        assertThat(call("GET", "/v1/models", headers).status()).isEqualTo(401);
        assertThat(call("GET", "/v1/models/gpt-oss-20b", headers).status()).isEqualTo(401);

        assertThat(routerCalls).hasValue(0);
        assertThat(reads("ApiKeys")).as("for five requests").isEqualTo(keyReads);
        assertThat(reads("Models")).as("beside the read of the key").isLessThanOrEqualTo(keyReads);
        calls.remove("ApiKeys");
        calls.remove("Models");
        assertThat(calls).isEmpty();
    }

    /** That the counting counts. */
    @Test
    void whoHasOneReachesThemAll() throws Exception {
        assertThat(chat(bearer(GOOD)).status()).isEqualTo(200);

        assertThat(routerCalls).hasValue(1);
        assertThat(calls).containsKeys("ApiKeys", "Models", "Pools", "Targets", "SessionSlots");
        assertThat(reads("ApiKeys")).as("its item and its plan's").isEqualTo(2);
    }

    @Test
    void aGoodKeyCostsTwoReadsIn5SecondsHoweverManyRequestsThereAre() throws Exception {
        for (int i = 0; i < 50; i++) {
            now = START.plusMillis(99L * i);
            assertThat(chat(xApiKey(GOOD)).status()).isEqualTo(200);
        }
        assertThat(reads("ApiKeys")).isEqualTo(2);
    }

    @Test
    void aRevokedKeyStopsWithin5Seconds() throws Exception {
        assertThat(chat(bearer(GOOD)).status()).isEqualTo(200);
        now = START.plusMillis(1);
        put(GOOD, Map.of("status", "revoked"));
        now = START.plusMillis(4_999);
        assertThat(chat(bearer(GOOD)).status()).isEqualTo(200);
        now = START.plusSeconds(5);
        counting();

        Answer answer = chat(bearer(GOOD));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"invalid_api_key\"");
        assertThat(routerCalls).hasValue(0);
        counting();
        assertThat(chat(bearer(GOOD)).status()).isEqualTo(401);
        assertThat(calls).as("reads, once it is known that the key is revoked").isEmpty();
    }

    @Test
    void anExpiredKeyStopsAtItsInstant() throws Exception {
        put(GOOD, Map.of("expiry", START.plusSeconds(2).toString()));
        assertThat(chat(bearer(GOOD)).status()).isEqualTo(200);
        now = START.plusSeconds(2);
        assertThat(chat(bearer(GOOD)).status()).isEqualTo(401);
    }

    @Test
    void aModelThatAKeyMayNotUseIsOneThatDoesNotExist() throws Exception {
        Answer answer = chat(bearer(NARROW));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"model_not_found\"");
        // The model's own item, and the list of all: a further name of it might be the one that the key may use.
        assertThat(reads("Models")).isLessThanOrEqualTo(2);
        assertThat(routerCalls).hasValue(0);
        assertThat(call("GET", "/v1/models/gpt-oss-20b", bearer(NARROW)).status())
                .isEqualTo(404);
        assertThat(call("GET", "/v1/models", bearer(NARROW)).body())
                .contains("gemma-4-26b")
                .doesNotContain("gpt-oss-20b");
    }

    @Test
    void aTableOfKeysThatDoesNotAnswerIsNotTheCustomersFault() throws Exception {
        counted.plan(request -> {
            calls.computeIfAbsent(table(request), table -> new AtomicInteger()).incrementAndGet();
            return table(request).equals("ApiKeys") ? Disturbance.unreachable() : Disturbance.NONE;
        });

        Answer answer = chat(bearer(GOOD));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("retry-after", "5");
        assertThat(answer.body()).contains("\"code\":\"service_unavailable\"");
        assertThat(calls).containsOnlyKeys("ApiKeys", "Models");
    }

    @Test
    void aPlanThatSomebodyBrokeByHandLetsNobodyInAndIsLoggedAndCounted() throws Exception {
        plan(Map.of("requestsPerMinute", "sixty"));

        assertThat(chat(bearer(GOOD)).status()).isEqualTo(503);

        assertThat(lines).anySatisfy(line -> {
            assertThat(line.event()).isEqualTo("bad_item");
            assertThat(line.keys())
                    .containsEntry("item", "plan free")
                    .containsEntry("field", "requestsPerMinute")
                    .containsEntry(
                            "complaint",
                            "\"sixty\" (expected: a whole number from 1 to 1000000000000, or \"unlimited\")");
            assertThat(line.metrics()).containsEntry(Metric.BAD_ITEMS, 1.0);
        });
        assertThat(routerCalls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/v1/chat/completions"})
    void preflightAndHealthNeedNoKey(String path) throws Exception {
        assertThat(call(path.equals("/health") ? "GET" : "OPTIONS", path, bearer(NOBODYS))
                        .status())
                .isIn(200, 204);
        assertThat(calls).isEmpty();
    }

    @Test
    void noKeyNorAnyPartOfOneIsInAnyLine() throws Exception {
        for (String key : List.of(GOOD, REVOKED, EXPIRED, NARROW, NOBODYS, OF_PROD, GOOD.substring(1))) {
            chat(bearer(key));
            call("GET", "/v1/models", xApiKey(key));
        }
        put(GOOD, Map.of("customer", GOOD, "expiry", GOOD));
        now = START.plusSeconds(5);
        chat(bearer(GOOD));

        assertThat(lines).hasSizeGreaterThan(14).allSatisfy(line -> {
            String text = line.event() + line.keys() + line.dimensions() + line.apart();
            for (String key : List.of(GOOD, REVOKED, EXPIRED, NARROW, NOBODYS, OF_PROD)) {
                for (int at = 0; at + 8 <= key.length(); at++) {
                    String part = key.substring(at, at + 8);
                    if (!part.startsWith("ctk_")) {
                        assertThat(text).doesNotContain(part);
                    }
                }
            }
        });
        assertThat(lines).anySatisfy(line -> assertThat(line.keys()).containsKey("key_id"));
    }

    /** What a thief of the table gets: for every key a hash, which is refused as a key. */
    @Test
    void theTableAloneGivesNoKey() throws Exception {
        List<String> contents = DYNAMO.client().scan(scan -> scan.tableName(TABLES.apiKeys())).items().stream()
                .flatMap(item -> item.values().stream())
                .flatMap(value -> Optional.ofNullable(value.s()).stream())
                .distinct()
                .toList();

        assertThat(contents).isNotEmpty();
        for (String value : contents) {
            assertThat(GOOD).doesNotContain(value);
            assertThat(chat(xApiKey(value)).status()).as(value).isEqualTo(401);
            assertThat(chat(xApiKey("ctk_local_" + value)).status()).as(value).isEqualTo(401);
        }
    }

    private static final class Hello implements RouterCall {
        private final Iterator<CompletionEvent> answer = List.<CompletionEvent>of(
                        new CompletionEvent.Text("Hello"), new CompletionEvent.End(FinishReason.STOP, Optional.empty()))
                .iterator();

        @Override
        public Optional<RouterEvent> next(Duration wait) {
            return Optional.of(new RouterEvent.Said(answer.next()));
        }

        @Override
        public boolean taskEnded() {
            return true;
        }

        @Override
        public void close() {}
    }
}
