package network.cortensor.portal.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.catalog.DynamoFleet;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.prober.ProberParts.Limits;
import network.cortensor.portal.prober.ProberParts.Network;
import network.cortensor.portal.prober.ProberParts.Stores;
import network.cortensor.portal.router.LivenessProber;
import network.cortensor.portal.router.RouterKeys;
import network.cortensor.portal.router.Routers;
import network.cortensor.portal.settings.BadSettings;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.UnitCounter;
import network.cortensor.portal.testkit.router.RouterConfig;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.wire.Boundary;
import network.cortensor.portal.wire.WireSettings;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The function as Lambda calls it, on real tables and simulated routers. */
class HealthProberTest {
    private static final TableNames TABLES = TableNames.prefixed("prober-");
    private static final Path EVENTS = Path.of(System.getProperty("portal.root", "../.."), "events");

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);
    private final UnitCounter counted = new UnitCounter(dynamo.client());
    private final List<RouterSimulator> routers = new ArrayList<>();
    private final List<String> badItems = new ArrayList<>();

    @AfterEach
    void close() {
        dynamo.close();
        routers.forEach(RouterSimulator::close);
    }

    @Test
    void aScheduledEventIsATick() throws Exception {
        put(TABLES.models(), alias("gpt-oss-20b", "oss-20b"));
        put(TABLES.pools(), Map.of("pool", "oss-20b", "state", "live"));
        fill("oss-20b", router(1, 2), 1, 2);
        put(TABLES.targets(), Map.of("pool", "oss-20b", "target", "broken", "state", "lively"));

        Object answer = function().handleRequest(event(), new FiveMinutesLeft());

        Map<String, TargetHealth> health = store().pool("oss-20b");
        assertThat(answer).isEqualTo("finished");
        assertThat(health).hasSize(2);
        assertThat(health.values())
                .allSatisfy(known -> assertThat(known.liveness()).isPresent());
        assertThat(health.values().stream()
                        .filter(known -> known.latest().success().isPresent()))
                .as("one of two idle targets was probed, the other's slot is the customers'")
                .hasSize(1);
        assertThat(store().heartbeat()).isPresent();
        assertThat(dynamo.client()
                        .scan(scan -> scan.tableName(TABLES.sessionSlots()))
                        .items())
                .isEmpty();
        assertThat(badItems).anySatisfy(item -> assertThat(item).contains("oss-20b/broken"));
    }

    @Test
    void anOperatorsEventIsOneProbeOfTheTargetThatItNames() throws Exception {
        put(TABLES.pools(), Map.of("pool", "oss-20b", "state", "live"));
        RouterSimulator router = router(1, 2);
        put(TABLES.targets(), target("oss-20b", "a-101", router, 1));
        fill("oss-20b", router, 2);

        Object answer = function(0).handleRequest(event("operator-probe.json"), new FiveMinutesLeft());

        assertThat(answer)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("outcome", "ok")
                .containsKeys("first_token_ms", "total_ms");
        assertThat(store().pool("oss-20b")).containsOnlyKeys("a-101");
        assertThat(store().heartbeat()).as("it is no tick").isEmpty();
    }

    @Test
    void aPoolsLastFreeSlotIsNotProbedUnlessThePoolTakesNoRequests() throws Exception {
        put(TABLES.pools(), Map.of("pool", "oss-20b", "state", "live"));
        put(TABLES.targets(), target("oss-20b", "a-101", router(1), 1));

        Object live = function(0).handleRequest(event("operator-probe.json"), new FiveMinutesLeft());
        put(TABLES.pools(), Map.of("pool", "oss-20b", "state", "paused"));
        Object paused = function(0).handleRequest(event("operator-probe.json"), new FiveMinutesLeft());

        assertThat(live).isEqualTo(Map.of("outcome", "skipped", "why", "last_free_slot"));
        assertThat(paused).asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("outcome", "ok");
    }

    @Test
    void whatIsNotThereOrNoNameIsSaidSo() throws Exception {
        ScheduledEvent nameless = event("operator-probe.json");
        nameless.setDetail(Map.of("pool", "Oss 20b"));

        assertThat(function(0).handleRequest(event("operator-probe.json"), new FiveMinutesLeft()))
                .isEqualTo(Map.of("outcome", "unknown_target"));
        assertThat(function(0).handleRequest(nameless, new FiveMinutesLeft()))
                .isEqualTo(Map.of("outcome", "bad_request"));
    }

    @Test
    void aQuietTickOfSixtyTargetsCostsOneWriteAndSeventeenReadUnits() throws Exception {
        put(TABLES.models(), alias("gpt-oss-20b", "pool-0"));
        List<RouterSimulator> twelve = new ArrayList<>();
        for (int router = 0; router < 12; router++) {
            twelve.add(router(0, 1, 2, 3, 4));
        }
        for (int pool = 0; pool < 4; pool++) {
            put(TABLES.pools(), Map.of("pool", "pool-" + pool, "state", "live"));
        }
        for (int router = 0; router < 12; router++) {
            for (int session = 0; session < 5; session++) {
                fill("pool-" + (router + session) % 4, twelve.get(router), session);
            }
        }
        HealthProber function = function(0);
        function.handleRequest(event(), new FiveMinutesLeft());
        counted.reset();

        function.handleRequest(event(), new FiveMinutesLeft());

        assertThat(counted.units().written()).as("the heartbeat").isEqualTo(1);
        assertThat(counted.units().read()).isEqualTo(17);
    }

    @Test
    void anEnvironmentWithoutItsVariablesNamesThem() {
        assertThatThrownBy(() -> ProberSettings.of(Map.of()))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("PORTAL_TABLE_TARGET_HEALTH: not set")
                .hasMessageContaining("PORTAL_DEEP_PROBES_PER_TICK: not set (expected: a whole number)");
    }

    @Test
    void itsSettingsAreItsVariables() {
        Map<String, String> environment = new HashMap<>();
        ProberSettings.VARIABLES.forEach(variable ->
                environment.put(variable.key(), "word-of-" + variable.key().length()));
        environment.put(Variable.DEEP_PROBES_PER_TICK.key(), "7");
        environment.put(Variable.ROUTER_HOSTS.key(), "a.example,b.example");
        environment.put(Variable.PLAIN_HTTP_HOSTS.key(), "none");

        ProberSettings settings = ProberSettings.of(environment);

        assertThat(settings.deepProbesPerTick()).isEqualTo(7);
        assertThat(settings.boundary())
                .isEqualTo(new Boundary(Set.of("a.example", "b.example"), Set.of(), Boundary.Loopback.REFUSED));
    }

    private HealthProber function() {
        return function(50);
    }

    private HealthProber function(int deepProbes) {
        WireSettings wire = WireSettings.within(Boundary.LOCAL);
        SecureRandom random = new SecureRandom();
        DynamoSlotTable slots = new DynamoSlotTable(counted.client(), TABLES.sessionSlots());
        DynamoFleet fleet = new DynamoFleet(
                counted.client(), TABLES, problems -> problems.forEach(problem -> badItems.add(problem.toString())));
        return new HealthProber(new Prober(() -> new ProberParts(
                new Stores(
                        fleet::read,
                        new DynamoHealth(counted.client(), TABLES, random),
                        slots,
                        new Slots(slots, InstantSource.system(), random, Slots.Terms.PRODUCTION)),
                new Network(
                        new LivenessProber(wire, RouterKeys.NONE, Duration.ofSeconds(20)),
                        new Routers(wire, RouterKeys.NONE, random)),
                line -> {},
                InstantSource.system(),
                Limits.production(deepProbes))));
    }

    private DynamoHealth store() {
        return new DynamoHealth(dynamo.client(), TABLES, new SecureRandom());
    }

    private RouterSimulator router(long... sessions) {
        RouterSimulator router = RouterSimulator.start(
                RouterConfig.DEFAULT.withSettings(ProberFixture.QUICK).withSessions(sessions));
        routers.add(router);
        return router;
    }

    private void fill(String pool, RouterSimulator router, long... sessions) {
        for (long session : sessions) {
            put(TABLES.targets(), target(pool, "r" + router.url().getPort() + "-s" + session, router, session));
        }
    }

    private static Map<String, Object> target(String pool, String name, RouterSimulator router, long session) {
        return Map.of(
                "pool",
                pool,
                "target",
                name,
                "routerUrl",
                router.url().toString(),
                "sessionId",
                BigDecimal.valueOf(session),
                "apiVersion",
                BigDecimal.TWO,
                "state",
                "live");
    }

    private static Map<String, Object> alias(String name, String pool) {
        return Map.of(
                "alias",
                name,
                "state",
                "live",
                "contextLength",
                BigDecimal.valueOf(4096),
                "maxOutputTokens",
                BigDecimal.valueOf(1024),
                "promptFormat",
                "harmony",
                "routes",
                List.of(Map.of("pool", pool, "weight", BigDecimal.ONE)));
    }

    private void put(String table, Map<String, Object> item) {
        dynamo.client().putItem(put -> put.tableName(table).item(Items.attributes(ItemValue.item(item))));
    }

    /** Read as Lambda's own runtime reads it. */
    private static ScheduledEvent event() throws IOException {
        return event("scheduled-tick.json");
    }

    private static ScheduledEvent event(String file) throws IOException {
        try (InputStream json = Files.newInputStream(EVENTS.resolve(file))) {
            return LambdaEventSerializers.serializerFor(ScheduledEvent.class, HealthProberTest.class.getClassLoader())
                    .fromJson(json);
        }
    }

    /** An invocation that Lambda ends in five minutes. */
    private static final class FiveMinutesLeft implements Context {
        @Override
        public int getRemainingTimeInMillis() {
            return 300_000;
        }

        @Override
        public String getAwsRequestId() {
            return "6f1b1a9e-0000-4000-8000-000000000003";
        }

        @Override
        public String getLogGroupName() {
            return "";
        }

        @Override
        public String getLogStreamName() {
            return "";
        }

        @Override
        public String getFunctionName() {
            return "";
        }

        @Override
        public String getFunctionVersion() {
            return "";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "";
        }

        @Override
        public CognitoIdentity getIdentity() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ClientContext getClientContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getMemoryLimitInMB() {
            return 256;
        }

        @Override
        public LambdaLogger getLogger() {
            throw new UnsupportedOperationException();
        }
    }
}
