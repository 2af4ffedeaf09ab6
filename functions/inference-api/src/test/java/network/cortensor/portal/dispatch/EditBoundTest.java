package network.cortensor.portal.dispatch;

import static network.cortensor.portal.dispatch.AttemptScript.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.catalog.CatalogTables;
import network.cortensor.portal.health.MemoryHealth;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.memory.RememberedCatalog;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.MemorySlotTable;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every request that starts, or still waits for a slot, more than 5 s after an edit sees it: requests one after the other in virtual time,
 * over the real reader of the catalog on real tables, with slots that come free when they like, a table of slots that is slow, and one edit at any
 * moment.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EditBoundTest {
    private static final int SEEDS = 300;
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final TableNames TABLES = TableNames.prefixed("bound-");
    private static final String ALIAS = "edited";
    private static final String POOL = "main";
    private static final List<String> TARGETS = List.of("a", "b", "c");

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);

    private int calls;

    @AfterAll
    void somethingWasSentAtAll() {
        dynamo.close();
        assertThat(calls).isGreaterThan(SEEDS);
    }

    /** What an operator does. */
    private enum Edit {
        PAUSE_TARGET,
        DRAIN_TARGET,
        CLOSE_TARGET,
        DELETE_TARGET,
        PAUSE_POOL,
        DELETE_POOL,
        PAUSE_ALIAS,
        DELETE_ALIAS;

        /** Whether no request may be sent to a target from then on. */
        private boolean closes(String target) {
            return switch (this) {
                case PAUSE_TARGET, DRAIN_TARGET, CLOSE_TARGET, DELETE_TARGET -> target.equals("a");
                case PAUSE_POOL, DELETE_POOL, PAUSE_ALIAS, DELETE_ALIAS -> true;
            };
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noRequestIsSentToWhatWasClosedMoreThan5SecondsBefore(long seed) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        World world = new World(random, Duration.ofMillis(random.nextInt(1, 2_500)));
        TARGETS.forEach(target -> world.occupy(target, Duration.ofMillis(random.nextInt(1, 14_000))));
        Edit edit = Edit.values()[random.nextInt(Edit.values().length)];
        Duration when = Duration.ofMillis(random.nextInt(100, 12_000));
        world.time.after(when, () -> apply(edit));

        while (world.time.sinceStart().compareTo(Duration.ofSeconds(25)) < 0) {
            world.dispatch();
            world.time.pass(Duration.ofMillis(random.nextInt(0, 1_500)));
        }

        calls += world.router.calls().size();
        Instant bound = VirtualTime.START.plus(when).plus(BOUND);
        assertThat(world.router.calls())
                .as("%s at %s", edit, when)
                .noneMatch(call -> call.openedAt().isAfter(bound) && edit.closes(call.target()));
    }

    /** They learn it by the first look after the bound, and looks are at most a second and a half apart. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoeverWaitsForWhatWasClosedIsToldSo(long seed) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        World world = new World(random, Duration.ZERO);
        TARGETS.forEach(target -> world.occupy(target, Duration.ofMinutes(3)));
        Duration when = Duration.ofMillis(random.nextInt(1, 5_000));
        Edit edit = random.nextBoolean() ? Edit.PAUSE_POOL : Edit.PAUSE_ALIAS;
        world.time.after(when, () -> apply(edit));

        assertThat(world.dispatch())
                .isInstanceOfSatisfying(
                        Outcome.Unanswered.class,
                        unanswered -> assertThat(unanswered.refusal()).isEqualTo(new Refusal.NoRouteOpen()));
        assertThat(world.time.sinceStart()).isLessThanOrEqualTo(when.plus(BOUND).plusMillis(1_500));
    }

    private final class World {
        private final VirtualTime time = new VirtualTime();
        private final MemorySlotTable rows = new MemorySlotTable();
        private final ScriptedRouter router = new ScriptedRouter(time, time);
        private final PoolDispatcher dispatcher;

        World(RandomGenerator random, Duration slow) {
            seed();
            Catalog catalog = new RememberedCatalog(
                    new CatalogTables(dynamo.client(), TABLES, problems -> {}),
                    new MemoryHealth(),
                    problems -> {},
                    time);
            for (String target : TARGETS) {
                router.on(target, answers(Duration.ofMillis(random.nextInt(1, 3_000)), "Hello"));
            }
            dispatcher = new PoolDispatcher(new DispatcherParts(
                    catalog,
                    new Slots(new SlowTable(rows, time, slow), time, random, Slots.Terms.PRODUCTION),
                    router,
                    new Unimpressed(),
                    line -> {},
                    new DispatcherParts.Time(time, time, new CalledInTurn(), Timing.PRODUCTION),
                    random));
        }

        Outcome dispatch() throws Exception {
            Job job = new Job(
                    "request-1",
                    "customer-1",
                    ALIAS,
                    DispatcherRig.request(),
                    Job.Wish.WHOLE,
                    Job.Origin.FIRST_TRY,
                    time.instant(),
                    time.instant().plus(Duration.ofMinutes(5)));
            return dispatcher.dispatch(job, new RecordedDelivery(time));
        }

        /** Somebody else is on it until then. */
        void occupy(String target, Duration until) {
            Lease lease = new Lease(
                    new Session(target + ".example:443", "1"),
                    0,
                    "somebody else",
                    time.instant(),
                    time.instant().plusSeconds(600));
            rows.put(lease, time.instant());
            time.after(until, () -> rows.delete(lease));
        }
    }

    private static final class Unimpressed implements Witness {
        @Override
        public void worked(Target target, Optional<Duration> firstToken) {}

        @Override
        public void failed(Target target, Failure failure) {}

        @Override
        public void finish() {}
    }

    private void seed() {
        put(TABLES.models(), model("live"));
        put(TABLES.pools(), Map.of("pool", POOL, "state", "live"));
        TARGETS.forEach(target -> put(TABLES.targets(), target(target, Map.of())));
    }

    private void apply(Edit edit) {
        switch (edit) {
            case PAUSE_TARGET -> put(TABLES.targets(), target("a", Map.of("state", "paused")));
            case DRAIN_TARGET -> put(TABLES.targets(), target("a", Map.of("state", "draining")));
            case CLOSE_TARGET -> put(TABLES.targets(), target("a", Map.of("weight", BigDecimal.ZERO)));
            case DELETE_TARGET -> delete(TABLES.targets(), Map.of("pool", POOL, "target", "a"));
            case PAUSE_POOL -> put(TABLES.pools(), Map.of("pool", POOL, "state", "paused"));
            case DELETE_POOL -> delete(TABLES.pools(), Map.of("pool", POOL));
            case PAUSE_ALIAS -> put(TABLES.models(), model("paused"));
            case DELETE_ALIAS -> delete(TABLES.models(), Map.of("alias", ALIAS));
        }
    }

    private static Map<String, Object> model(String state) {
        return Map.of(
                "alias",
                ALIAS,
                "state",
                state,
                "contextLength",
                BigDecimal.valueOf(8_192),
                "maxOutputTokens",
                BigDecimal.valueOf(1_024),
                "promptFormat",
                "plain",
                "routes",
                List.of(Map.of("pool", POOL, "weight", BigDecimal.ONE)));
    }

    private static Map<String, Object> target(String name, Map<String, Object> fields) {
        Map<String, Object> target = new HashMap<>(Map.of(
                "pool",
                POOL,
                "target",
                name,
                "routerUrl",
                "https://" + name + ".example",
                "sessionId",
                BigDecimal.ONE,
                "state",
                "live"));
        target.putAll(fields);
        return target;
    }

    private void put(String table, Map<String, Object> item) {
        dynamo.client().putItem(request -> request.tableName(table).item(Items.attributes(ItemValue.item(item))));
    }

    private void delete(String table, Map<String, Object> key) {
        dynamo.client().deleteItem(request -> request.tableName(table).key(Items.attributes(ItemValue.item(key))));
    }
}
