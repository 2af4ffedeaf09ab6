package network.cortensor.portal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.catalog.CatalogTables;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.memory.RememberedCatalog;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.UnitCounter;
import network.cortensor.portal.testkit.dynamo.UnitCounter.Units;
import network.cortensor.portal.time.SideBySide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request costs in DynamoDB, counted as DynamoDB bills it. The numbers in functions/benchmarks/README.md are these. */
class GoodPathUnitsTest {
    private static final TableNames TABLES = TableNames.prefixed("units-");
    private static final String ALIAS = "gpt-oss-20b";

    private final InstantSource clock = InstantSource.fixed(Instant.now());
    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);
    private final UnitCounter counted = new UnitCounter(dynamo.client());
    private final ScriptedRouter router = new ScriptedRouter(clock, pause -> {});
    private final SplittableRandom random = new SplittableRandom(1);
    private final DynamoHealth health = new DynamoHealth(counted.client(), TABLES, random);
    private final Witness witness = new HealthWitness(new Learning(health), clock, SideBySide.VIRTUAL_THREADS);
    private final Dispatcher dispatcher = new PoolDispatcher(new DispatcherParts(
            new RememberedCatalog(
                    new CatalogTables(counted.client(), TABLES, problems -> {}), health, problems -> {}, clock),
            new Slots(
                    new DynamoSlotTable(counted.client(), TABLES.sessionSlots()),
                    clock,
                    random,
                    Slots.Terms.PRODUCTION),
            router,
            witness,
            line -> {},
            new DispatcherParts.Time(clock, pause -> {}, new CalledInTurn(), Timing.PRODUCTION),
            random));

    @BeforeEach
    void fiveTargets() {
        put(
                TABLES.models(),
                Map.of(
                        "alias",
                        ALIAS,
                        "state",
                        "live",
                        "contextLength",
                        BigDecimal.valueOf(4096),
                        "maxOutputTokens",
                        BigDecimal.valueOf(1024),
                        "promptFormat",
                        "harmony",
                        "routes",
                        List.of(Map.of("pool", "main", "weight", BigDecimal.ONE))));
        put(TABLES.pools(), Map.of("pool", "main", "state", "live"));
        for (int number = 0; number < 5; number++) {
            String name = "t" + number;
            put(
                    TABLES.targets(),
                    Map.of(
                            "pool", "main",
                            "target", name,
                            "state", "live",
                            "routerUrl", "https://router.example",
                            "sessionId", BigDecimal.valueOf(number)));
            router.on(name, AttemptScript.answers(Duration.ZERO, "ready"));
        }
    }

    @AfterEach
    void close() {
        dynamo.close();
    }

    /** The slots of one router are read consistently; the slot is put and deleted. What the worker has just written it need not read. */
    @Test
    void aRequestReadsOneUnitAndWritesTwo() throws Exception {
        for (int warmUp = 0; warmUp < 50; warmUp++) {
            dispatch();
        }

        assertThat(dispatch()).isEqualTo(new Units(1, 2));
    }

    /**
     * Alias, pool, targets and heartbeat for one unit each and the evidence for half a one, which are then remembered for 5 s; and the
     * first success is written.
     */
    @Test
    void theFirstRequestOfAWorkerReadsSixAndAHalfAndWritesThree() throws Exception {
        assertThat(dispatch()).isEqualTo(new Units(2 + 4.5, 2 + 1));
    }

    private Units dispatch() throws IOException, InterruptedException {
        counted.reset();
        Job job = new Job(
                "request-1",
                "customer-1",
                ALIAS,
                DispatcherRig.request(),
                Job.Wish.STREAM,
                Job.Origin.FIRST_TRY,
                clock.instant(),
                clock.instant().plus(Duration.ofMinutes(5)));
        Outcome outcome = dispatcher.dispatch(job, new Nowhere());
        witness.finish();
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        return counted.units();
    }

    private void put(String table, Map<String, Object> item) {
        dynamo.client().putItem(put -> put.tableName(table).item(Items.attributes(ItemValue.item(item))));
    }

    private static final class Nowhere implements Delivery {
        @Override
        public void keepAlive() {}

        @Override
        public void deliver(CompletionEvent event) {}
    }
}
