package network.cortensor.portal.inference;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.dispatch.HealthWitness;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.catalog.CatalogTables;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.keys.DynamoKeys;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.memory.RememberedCatalog;
import network.cortensor.portal.memory.RememberedKeys;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.SlotsUnavailable;
import network.cortensor.portal.ssm.SsmRouterKeys;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import network.cortensor.portal.testkit.schedule.Schedule;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.usage.UsageUnavailable;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** The function over real tables that take 4 ms of virtual time for every call, with a router that takes as long to connect to. */
final class TripRig {
    static final TableNames TABLES = TableNames.prefixed("trips-");

    /** In the future, because DynamoDB Local deletes items that have expired by the machine's own clock. */
    private static final Instant START = Instant.parse("2099-11-23T00:00:00Z");

    private static final TokenCounter TOKENS = new TokenCounter();
    private static final String KEY = KeyText.make(
                    "test", RandomGeneratorFactory.of("L64X128MixRandom").create(1))
            .reveal();

    private final Schedule schedule;
    private final RecordedTrips trips;
    private final InferenceHandler function;
    private final DynamoLocal dynamo;
    private final Map<String, Disturbance> disturbances = new HashMap<>();
    private final Map<String, Runnable> events = new HashMap<>();
    private final TripRouter router;
    private boolean withoutCredential;
    private final String customer;
    private int status;
    private String lastText = "";

    /**
     * @param dynamo has the tables of {@link #TABLES} and what {@link #fill} writes
     * @param number of this environment: each begins an hour after the one before
     */
    TripRig(DynamoLocal dynamo, int number) {
        this.schedule = new Schedule(START.plus(Duration.ofHours(number)), new SplittableRandom(number));
        this.trips = new RecordedTrips(schedule);
        FaultyDynamoDb slow = new FaultyDynamoDb(dynamo.client());
        slow.plan(request -> disturbance(trips.name(request)));
        this.dynamo = dynamo;
        this.customer = "customer-" + number;
        this.router = new TripRouter(
                new SsmRouterKeys(new Parameters(), "test", schedule), new ScheduledCalls(schedule), trips);
        this.function = function(slow, new SplittableRandom(number));
    }

    /** Every call takes its time, and something may become of it once. */
    private Disturbance disturbance(String call) {
        trips.call(call);
        Optional.ofNullable(events.remove(call)).ifPresent(Runnable::run);
        return Optional.ofNullable(disturbances.remove(call)).orElse(Disturbance.NONE);
    }

    /** The next call of that name goes wrong. */
    void disturb(String call, Disturbance disturbance) {
        disturbances.put(call, disturbance);
    }

    /** Something happens just before the next call of that name is carried out. */
    void when(String call, Runnable event) {
        events.put(call, event);
    }

    void key(Map<String, Object> changed) {
        Map<String, Object> all = new HashMap<>(Map.of("customer", customer));
        all.putAll(changed);
        putKey(dynamo, all);
    }

    void plan(String name, Map<String, Object> changed) {
        putPlan(dynamo, name, changed);
    }

    void alias(String pool) {
        putAlias(dynamo, "cortensor", pool, 4096);
        putPool(dynamo, pool, "cortensor", "https://" + pool + ".example");
    }

    void target(String url) {
        putPool(dynamo, "cortensor", "cortensor", url);
    }

    void context(int tokens) {
        putAlias(dynamo, "cortensor", "cortensor", tokens);
    }

    void withoutCredential() {
        withoutCredential = true;
    }

    /** Somebody else takes the slot, and gives it back half a second later. */
    void occupyNow() {
        Session session = new Session("cortensor.example:443", "1");
        Lease others = new Lease(
                session,
                0,
                "somebody else",
                schedule.instant(),
                schedule.instant().plusSeconds(210));
        DynamoSlotTable table = new DynamoSlotTable(dynamo.client(), TABLES.sessionSlots());
        try {
            table.put(others, schedule.instant());
        } catch (SlotsUnavailable e) {
            throw new AssertionError(e);
        }
        schedule.at(schedule.instant().plusMillis(500), () -> {
            try {
                table.delete(others);
            } catch (SlotsUnavailable e) {
                throw new AssertionError(e);
            }
        });
    }

    int slotsLeft() {
        return dynamo.client()
                .scan(scan -> scan.tableName(TABLES.sessionSlots()))
                .count();
    }

    long inFlight() {
        DynamoUsageTable usage = new DynamoUsageTable(dynamo.client(), TABLES.usage(), problems -> {});
        try {
            return usage.counters(customer).use().inFlight()
                    + usage.counters("umbrella").use().inFlight();
        } catch (UsageUnavailable e) {
            throw new AssertionError(e);
        }
    }

    int connectionsLeft() {
        return router.connections();
    }

    String text() {
        return lastText;
    }

    /** Serves a request, lets ten minutes pass, has something happen, and serves the same request again. */
    int afterAWhile(String path, String body, Runnable meanwhile) throws InterruptedException {
        key(Map.of());
        schedule.start("customer", schedule.instant(), () -> {
            send(path, body);
            schedule.pause(Duration.ofMinutes(10));
            trips.reset();
            meanwhile.run();
            send(path, body);
            lastText = trips.text();
        });
        schedule.run();
        return status;
    }

    private InferenceHandler function(FaultyDynamoDb tables, RandomGenerator random) {
        SideBySide beside = new ScheduledCalls(schedule);
        DynamoHealth health = new DynamoHealth(tables.client(), TABLES, random);
        Assembly.Stores stores = new Assembly.Stores(
                new RememberedCatalog(
                        new CatalogTables(tables.client(), TABLES, problems -> {}),
                        health,
                        problems -> {},
                        schedule,
                        beside),
                new DynamoSlotTable(tables.client(), TABLES.sessionSlots(), problems -> {}, schedule),
                new HealthWitness(new Learning(health), schedule, beside),
                new Keys(
                        "test",
                        new RememberedKeys(
                                new DynamoKeys(tables.client(), TABLES, problems -> {}),
                                problems -> {},
                                schedule,
                                beside)),
                new DynamoUsageTable(tables.client(), TABLES.usage(), problems -> {}));
        return new Assembly(
                        stores,
                        router,
                        Assembly.Rules.production(ModelsAccess.KEY_HOLDERS),
                        new ProcessContext(line -> {}, schedule, TOKENS, new WorkerEnd(schedule::pause), beside),
                        random)
                .handler();
    }

    /** A key, its plan, and for each protocol a model with one target, whose name is the protocol's word. */
    static void fill(DynamoLocal dynamo) {
        putKey(dynamo, Map.of());
        putPlan(dynamo, "free", Map.of());
        for (String protocol : List.of("cortensor", "openai")) {
            putAlias(dynamo, protocol, protocol, 4096);
            putPool(dynamo, protocol, protocol, "https://" + protocol + ".example");
        }
    }

    private static void putKey(DynamoLocal dynamo, Map<String, Object> changed) {
        Map<String, Object> key = new HashMap<>(Map.of(
                "keyHash", KeyText.read(KEY).orElseThrow().hash().hex(),
                "keyId", "key-1",
                "customer", "acme",
                "plan", "free",
                "status", "active"));
        key.putAll(changed);
        put(dynamo, TABLES.apiKeys(), key);
    }

    private static void putPlan(DynamoLocal dynamo, String name, Map<String, Object> changed) {
        Map<String, Object> plan = new HashMap<>(Map.of(
                "keyHash", "plan#" + name,
                "requestsPerMinute", "unlimited",
                "requestsPerWeek", "unlimited",
                "tokensPerWeek", "unlimited",
                "requestsInFlight", BigDecimal.TEN));
        plan.putAll(changed);
        put(dynamo, TABLES.apiKeys(), plan);
    }

    private static void putAlias(DynamoLocal dynamo, String alias, String pool, int context) {
        put(
                dynamo,
                TABLES.models(),
                Map.of(
                        "alias",
                        alias,
                        "state",
                        "live",
                        "contextLength",
                        BigDecimal.valueOf(context),
                        "maxOutputTokens",
                        BigDecimal.valueOf(1024),
                        "promptFormat",
                        "harmony",
                        "routes",
                        List.of(Map.of("pool", pool, "weight", BigDecimal.ONE))));
    }

    private static void putPool(DynamoLocal dynamo, String pool, String protocol, String url) {
        put(dynamo, TABLES.pools(), Map.of("pool", pool, "state", "live"));
        Map<String, Object> target = new HashMap<>(Map.of(
                "pool", pool,
                "target", "t1",
                "state", "live",
                "protocol", protocol,
                "routerUrl", url));
        target.putAll(
                protocol.equals("openai")
                        ? Map.of("upstreamModel", "m", "capacity", "unlimited")
                        : Map.of("sessionId", BigDecimal.ONE));
        put(dynamo, TABLES.targets(), target);
    }

    private static void put(DynamoLocal dynamo, String table, Map<String, Object> item) {
        dynamo.client().putItem(put -> put.tableName(table).item(Items.attributes(ItemValue.item(item))));
    }

    /**
     * What the same request costs three times: in an environment without memory, when everything that it remembers is too old to be used, and when
     * it is fresh.
     */
    List<String> threeTimes(String path, String body) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        schedule.start("customer", schedule.instant(), () -> {
            for (Duration since : List.of(Duration.ZERO, Duration.ofMinutes(10), Duration.ofSeconds(1))) {
                schedule.pause(since);
                trips.reset();
                send(path, body);
                if (status != 200) {
                    throw new AssertionError("answered with " + status);
                }
                texts.add(trips.text());
            }
        });
        schedule.run();
        return texts;
    }

    private void send(String path, String body) {
        String event = "{\"httpMethod\":\"POST\",\"path\":\"" + path + "\",\"headers\":{\"authorization\":\"Bearer "
                + KEY + "\"},\"body\":\"" + body.replace("\"", "\\\"") + "\"}";
        Instant now = schedule.instant();
        try {
            function.api()
                    .handle(event.getBytes(StandardCharsets.UTF_8), now, now.plusSeconds(300), (answered, headers) -> {
                        status = answered;
                        return OutputStream.nullOutputStream();
                    });
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        function.witness().finish();
    }

    /** Every router's credential, after as long as a table takes. */
    private final class Parameters implements SsmClient {
        @Override
        public GetParameterResponse getParameter(GetParameterRequest request) {
            trips.call("credential");
            if (withoutCredential) {
                throw ParameterNotFoundException.builder().message("none").build();
            }
            return GetParameterResponse.builder()
                    .parameter(parameter -> parameter.value("secret"))
                    .build();
        }

        @Override
        public String serviceName() {
            return "ssm";
        }

        @Override
        public void close() {}
    }
}
