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
import network.cortensor.portal.ssm.SsmRouterKeys;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import network.cortensor.portal.testkit.schedule.Schedule;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.tokens.TokenCounter;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;

/** The function over real tables that take 4 ms of virtual time for every call, with a router that takes as long to connect to. */
final class TripRig {
    static final TableNames TABLES = TableNames.prefixed("trips-");

    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final TokenCounter TOKENS = new TokenCounter();
    private static final String KEY = KeyText.make(
                    "test", RandomGeneratorFactory.of("L64X128MixRandom").create(1))
            .reveal();

    private final Schedule schedule;
    private final RecordedTrips trips;
    private final InferenceHandler function;

    /**
     * @param dynamo has the tables of {@link #TABLES} and what {@link #fill} writes
     * @param number of this environment: each begins an hour after the one before
     */
    TripRig(DynamoLocal dynamo, int number) {
        this.schedule = new Schedule(START.plus(Duration.ofHours(number)), new SplittableRandom(number));
        this.trips = new RecordedTrips(schedule);
        FaultyDynamoDb slow = new FaultyDynamoDb(dynamo.client());
        slow.plan(request -> new Disturbance.Waits(() -> trips.call(request)));
        this.function = function(slow, new SplittableRandom(number));
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
                        new TripRouter(new SsmRouterKeys(new Parameters(), "test", schedule), beside, trips),
                        Assembly.Rules.production(ModelsAccess.KEY_HOLDERS),
                        new ProcessContext(line -> {}, schedule, TOKENS, new WorkerEnd(schedule::pause), beside),
                        random)
                .handler();
    }

    /** A key, its plan, and for each protocol a model with one target, whose name is the protocol's word. */
    static void fill(DynamoLocal dynamo) {
        put(
                dynamo,
                TABLES.apiKeys(),
                Map.of(
                        "keyHash", KeyText.read(KEY).orElseThrow().hash().hex(),
                        "keyId", "key-1",
                        "customer", "acme",
                        "plan", "free",
                        "status", "active"));
        put(
                dynamo,
                TABLES.apiKeys(),
                Map.of(
                        "keyHash", "plan#free",
                        "requestsPerMinute", "unlimited",
                        "requestsPerWeek", "unlimited",
                        "tokensPerWeek", "unlimited",
                        "requestsInFlight", BigDecimal.TEN));
        for (String protocol : List.of("cortensor", "openai")) {
            put(
                    dynamo,
                    TABLES.models(),
                    Map.of(
                            "alias",
                            protocol,
                            "state",
                            "live",
                            "contextLength",
                            BigDecimal.valueOf(4096),
                            "maxOutputTokens",
                            BigDecimal.valueOf(1024),
                            "promptFormat",
                            "harmony",
                            "routes",
                            List.of(Map.of("pool", protocol, "weight", BigDecimal.ONE))));
            put(dynamo, TABLES.pools(), Map.of("pool", protocol, "state", "live"));
            Map<String, Object> target = new HashMap<>(Map.of(
                    "pool",
                    protocol,
                    "target",
                    "t1",
                    "state",
                    "live",
                    "protocol",
                    protocol,
                    "routerUrl",
                    "https://" + protocol + ".example"));
            target.putAll(
                    protocol.equals("openai")
                            ? Map.of("upstreamModel", "m", "capacity", "unlimited")
                            : Map.of("sessionId", BigDecimal.ONE));
            put(dynamo, TABLES.targets(), target);
        }
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
                    .handle(event.getBytes(StandardCharsets.UTF_8), now, now.plusSeconds(300), (status, headers) -> {
                        if (status != 200) {
                            throw new AssertionError("answered with " + status);
                        }
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
