package network.cortensor.portal.local;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.dispatch.Timing;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.local.WallCase.Api;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.local.WallCase.Mode;
import network.cortensor.portal.operator.file.BadCatalogFile;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.testkit.router.SessionSettings;
import network.cortensor.portal.usage.Ledger;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The whole local product with fractions of a second for minutes, and pools of their own for whoever asks. */
final class FastPortal implements AutoCloseable {
    /** Sessions that answer at once. */
    static final SessionSettings PROMPT =
            SessionSettings.DEFAULT.withLatency(Duration.ofMillis(5)).withTokensPerSecond(2_000);

    /** The event files' key, which is good here. */
    static final String KEY = "ctk_local_ExampleExampleExampleExampleExampleExampleE_4NfFOS";

    /** Keys of fifty customers without limits: however quick the machine is, none of them asks more than a hundred times a second, which is the most for one. */
    private static final List<String> CUSTOMERS = keys(50, new SplittableRandom(50));

    private static final AtomicInteger TURN = new AtomicInteger();

    private static final Path CATALOG =
            Path.of(System.getProperty("portal.root"), "catalog-seed", "catalogs", "local.yaml");

    private static final Timing TIMING = new Timing(
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofMillis(50),
            Duration.ofSeconds(1));

    private static final Slots.Terms TERMS =
            new Slots.Terms(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5));

    /** Shorter than any lease: no request lasts as long. */
    private static final Ledger.Terms USAGE_TERMS = new Ledger.Terms(Duration.ofSeconds(62), Duration.ofSeconds(1));

    private final HeardLines lines = new HeardLines();
    private final LocalPortal portal;

    /** @param streams of one process */
    FastPortal(int streams) throws BadCatalogFile, IOException {
        this(streams, InstantSource.system());
    }

    FastPortal(int streams, InstantSource clock) throws BadCatalogFile, IOException {
        this(new LocalServing.OneProcess(streams), clock);
    }

    FastPortal(LocalServing serving, InstantSource clock) throws BadCatalogFile, IOException {
        portal = LocalPortal.start(
                new LocalSettings(
                        0,
                        serving,
                        CATALOG,
                        PROMPT,
                        new Rules(ModelsAccess.ANYBODY, TIMING, TERMS, USAGE_TERMS),
                        lines,
                        Optional.empty()),
                clock);
        key(KEY, Map.of());
        CUSTOMERS.forEach(key -> key(key, Map.of("customer", "test-" + CUSTOMERS.indexOf(key))));
    }

    /** Writes a plan's item; what {@code limits} leave out is unlimited. */
    void plan(String name, Map<String, Integer> limits) {
        Map<String, Object> item = new LinkedHashMap<>();
        PlanItems.LIMITS.forEach(limit -> item.put(limit, PlanItems.UNLIMITED));
        limits.forEach((limit, most) -> item.put(limit, BigDecimal.valueOf(most)));
        item.put("keyHash", PlanItems.tableKey(name));
        put(portal.tables().apiKeys(), item);
    }

    /** Writes a key's item; {@code more} are fields beside or instead of those of a good key without limits. */
    void key(String text, Map<String, Object> more) {
        String hash = KeyText.read(text).orElseThrow().hash().hex();
        Map<String, Object> item = new LinkedHashMap<>(Map.of(
                "keyId", "key-" + hash.substring(0, 8), "customer", "test", "plan", FirstKey.PLAN, "status", "active"));
        item.putAll(more);
        item.put("keyHash", hash);
        put(portal.tables().apiKeys(), item);
    }

    /** A key of one customer after the other. */
    static String anyKey() {
        return CUSTOMERS.get(Math.floorMod(TURN.getAndIncrement(), CUSTOMERS.size()));
    }

    private static List<String> keys(int count, RandomGenerator random) {
        return Stream.generate(() -> KeyText.make("local", random).reveal())
                .limit(count)
                .toList();
    }

    LocalPortal portal() {
        return portal;
    }

    /** One request of each kind, whatever becomes of it: the first ones load classes, on a busy machine for longer than deadlines here. */
    void warmUp() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (Api api : Api.values()) {
                for (Mode mode : Mode.values()) {
                    CustomerCall.post(
                            client, base(Front.API_GATEWAY).resolve(api.path()), api.body("gpt-oss-20b", mode));
                }
            }
        }
    }

    /** The settled requests of an alias in the table of usage, once there are so many; as many as there are after half a minute, if fewer. */
    List<Map<String, Object>> usage(String alias, long wanted) {
        Instant patience = Instant.now().plusSeconds(30);
        List<Map<String, Object>> settled = settled(alias);
        while (settled.size() < wanted && Instant.now().isBefore(patience)) {
            settled = settled(alias);
        }
        return settled;
    }

    private List<Map<String, Object>> settled(String alias) {
        return portal
                .dynamo()
                .client()
                .scanPaginator(scan -> scan.tableName(portal.tables().usage()))
                .items()
                .stream()
                .map(item -> ItemValue.plain(Items.plain(item)))
                .filter(item -> alias.equals(item.get("alias")) && "settled".equals(item.get("state")))
                .toList();
    }

    /** Scheme, host and port of one of the fronts. */
    URI base(Front front) {
        return switch (front) {
            case API_GATEWAY -> portal.apiUrl().resolve("/");
            case FUNCTION_URL -> portal.streamingUrl().resolve("/");
        };
    }

    /** Every log line so far, as text. */
    String log() {
        return lines.all().stream()
                .map(line -> line.event() + line.dimensions() + line.keys())
                .collect(Collectors.joining("\n"));
    }

    /** Every line of one event so far. */
    List<Line> lines(String event) {
        return lines.all().stream().filter(line -> line.event().equals(event)).toList();
    }

    /** What it logs, to be waited for. */
    HeardLines lines() {
        return lines;
    }

    /** Makes an alias with a pool of the same name. {@code times} are the pool's fields beside its state. */
    void alias(String name, Map<String, Object> times, Map<String, Map<String, Object>> targets) {
        alias(name, "plain", times, targets);
    }

    /** The same for a model of that prompt format, so that it calls functions. */
    void alias(String name, String format, Map<String, Object> times, Map<String, Map<String, Object>> targets) {
        Map<String, Object> pool = new LinkedHashMap<>(times);
        pool.put("pool", name);
        pool.put("state", "live");
        put(portal.tables().pools(), pool);
        targets.forEach((target, item) -> {
            Map<String, Object> whole = new LinkedHashMap<>(item);
            whole.put("pool", name);
            whole.put("target", target);
            put(portal.tables().targets(), whole);
        });
        model(name, Map.of("promptFormat", format, "routes", List.of(Map.of("pool", name, "weight", BigDecimal.ONE))));
    }

    /** Makes an alias; {@code more} are fields beside or instead of those of one without routes. */
    void model(String name, Map<String, Object> more) {
        Map<String, Object> item = new LinkedHashMap<>(Map.of(
                "alias",
                name,
                "state",
                "live",
                "contextLength",
                BigDecimal.valueOf(8_192),
                "maxOutputTokens",
                BigDecimal.valueOf(1_024),
                "promptFormat",
                "plain"));
        item.putAll(more);
        put(portal.tables().models(), item);
    }

    /** Gives an alias a fallback pool. */
    void fallback(String alias, String pool) {
        portal.dynamo()
                .client()
                .updateItem(update -> update.tableName(portal.tables().models())
                        .key(Map.of("alias", AttributeValue.fromS(alias)))
                        .updateExpression("SET fallbackPools = :pools")
                        .expressionAttributeValues(
                                Map.of(":pools", AttributeValue.fromL(List.of(AttributeValue.fromS(pool))))));
    }

    /** A target's fields on {@code router-a}, which takes the session in the body. */
    Map<String, Object> onRouterA(long session, String state) {
        return Map.of(
                "routerUrl", portal.routers().urls().get("router-a"),
                "sessionId", BigDecimal.valueOf(session),
                "state", state);
    }

    /** A target's fields on {@code router-b}, an older build that takes it in the path. */
    Map<String, Object> onRouterB(long session, String state) {
        return Map.of(
                "routerUrl",
                portal.routers().urls().get("router-b"),
                "sessionId",
                BigDecimal.valueOf(session),
                "apiVersion",
                BigDecimal.TWO,
                "sessionForm",
                "path",
                "state",
                state);
    }

    void put(String table, Map<String, Object> item) {
        portal.dynamo()
                .client()
                .putItem(request -> request.tableName(table).item(Items.attributes(ItemValue.item(item))));
    }

    @Override
    public void close() {
        portal.close();
    }
}
