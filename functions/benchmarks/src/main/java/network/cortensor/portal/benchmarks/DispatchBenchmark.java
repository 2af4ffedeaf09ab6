package network.cortensor.portal.benchmarks;

import java.io.IOException;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.dispatch.Delivery;
import network.cortensor.portal.dispatch.Dispatcher;
import network.cortensor.portal.dispatch.DispatcherParts;
import network.cortensor.portal.dispatch.HealthWitness;
import network.cortensor.portal.dispatch.Job;
import network.cortensor.portal.dispatch.Outcome;
import network.cortensor.portal.dispatch.PoolDispatcher;
import network.cortensor.portal.dispatch.Timing;
import network.cortensor.portal.dispatch.Witness;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.catalog.CatalogTables;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.health.MemoryHealth;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.memory.RememberedCatalog;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;
import network.cortensor.portal.slots.MemorySlotTable;
import network.cortensor.portal.slots.SlotEnd;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.slots.Take;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.time.SideBySide;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What dispatch adds to a request when all is well: {@code dispatched} less {@code asked}, which opens the same call and delivers the same
 * ten tokens by itself. {@code slot} is the part of it that a slot has, take and release. A request waits for {@code dispatched} only;
 * {@code learned} is dispatch with what it adds to the evidence, which a worker finishes before its next request.
 *
 * <p>With {@code dynamo}, catalog, slots and evidence are in DynamoDB Local in the same process, through the real client over loopback HTTP.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@State(Scope.Benchmark)
public class DispatchBenchmark {
    private static final TableNames TABLES = TableNames.prefixed("bench-");
    private static final int TARGETS = 20;
    private static final int TOKENS = 10;
    private static final Duration ATTEMPT = Duration.ofSeconds(150);
    private static final Delivery NOWHERE = new Nowhere();

    private static final CompletionRequest REQUEST = new CompletionRequest(
            new Input.Prompt("Tell me a story"),
            PromptFormat.PLAIN,
            64,
            Sampling.DEFAULT,
            List.of(),
            Optional.empty(),
            Optional.empty());

    @Param({"memory", "dynamo"})
    private String stores = "memory";

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private Optional<DynamoLocal> dynamo = Optional.empty();
    private Stores kept = new Stores(new OneAlias(TARGETS), new MemorySlotTable(), new MemoryHealth());
    private Slots slots = slots(kept);
    private Witness witness = witness(kept);
    private Dispatcher dispatcher = dispatcher(kept, Witness.NONE);
    private Dispatcher learning = dispatcher(kept, witness);

    private record Stores(Catalog catalog, SlotTable slots, HealthStore health) {}

    @Setup
    public void tables() {
        if (stores.equals("dynamo")) {
            DynamoLocal database = DynamoLocal.startWith(new TableSchema(TABLES)::create);
            dynamo = Optional.of(database);
            fill(database.client());
            kept = inDynamo(AwsClients.forRequests(
                            "us-east-1", StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                    .dynamo(Optional.of(database.url())));
            slots = slots(kept);
            witness = witness(kept);
            dispatcher = dispatcher(kept, Witness.NONE);
            learning = dispatcher(kept, witness);
        }
    }

    private Stores inDynamo(DynamoDbClient client) {
        DynamoHealth health = new DynamoHealth(client, TABLES, random);
        return new Stores(
                new RememberedCatalog(new CatalogTables(client, TABLES, problems -> {}), health, problems -> {}, clock),
                new DynamoSlotTable(client, TABLES.sessionSlots()),
                health);
    }

    private Slots slots(Stores in) {
        return new Slots(in.slots(), clock, random, Slots.Terms.PRODUCTION);
    }

    private Witness witness(Stores in) {
        return new HealthWitness(new Learning(in.health()), clock, SideBySide.VIRTUAL_THREADS);
    }

    private Dispatcher dispatcher(Stores in, Witness told) {
        return new PoolDispatcher(new DispatcherParts(
                in.catalog(),
                slots,
                (target, request, times) -> new InstantAnswer(TOKENS),
                told,
                line -> {},
                new DispatcherParts.Time(clock, Thread::sleep, SideBySide.VIRTUAL_THREADS, Timing.PRODUCTION),
                random));
    }

    @Benchmark
    public boolean asked() throws IOException, InterruptedException {
        try (RouterCall call = new InstantAnswer(TOKENS)) {
            boolean more = true;
            while (more) {
                CompletionEvent event = ((RouterEvent.Said) call.next(ATTEMPT).orElseThrow()).event();
                NOWHERE.deliver(event);
                more = !(event instanceof CompletionEvent.End);
            }
            return more;
        }
    }

    @Benchmark
    public SlotEnd slot() {
        Take.Taken taken = (Take.Taken)
                slots.pass().take(SizedFleet.target(OneAlias.POOL, 1).session(), 1, ATTEMPT);
        return taken.release();
    }

    @Benchmark
    public Outcome dispatched() throws IOException, InterruptedException {
        return answered(dispatcher.dispatch(job(), NOWHERE));
    }

    @Benchmark
    public Outcome learned() throws IOException, InterruptedException {
        Outcome outcome = answered(learning.dispatch(job(), NOWHERE));
        witness.finish();
        return outcome;
    }

    private Job job() {
        Instant now = clock.instant();
        return new Job(
                "request",
                "customer",
                OneAlias.POOL,
                REQUEST,
                Job.Wish.STREAM,
                Job.Origin.FIRST_TRY,
                now,
                now.plus(Duration.ofMinutes(5)));
    }

    private static Outcome answered(Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered)) {
            throw new IllegalStateException(outcome.toString());
        }
        return outcome;
    }

    private static void fill(DynamoDbClient client) {
        put(client, TABLES.pools(), Map.of("pool", OneAlias.POOL, "state", "live"));
        put(
                client,
                TABLES.models(),
                Map.of(
                        "alias",
                        OneAlias.POOL,
                        "state",
                        "live",
                        "contextLength",
                        BigDecimal.valueOf(8_192),
                        "maxOutputTokens",
                        BigDecimal.valueOf(1_024),
                        "promptFormat",
                        "plain",
                        "routes",
                        List.of(Map.of("pool", OneAlias.POOL, "weight", BigDecimal.ONE))));
        for (int number = 0; number < TARGETS; number++) {
            put(
                    client,
                    TABLES.targets(),
                    Map.of(
                            "pool",
                            OneAlias.POOL,
                            "target",
                            "t" + number,
                            "state",
                            "live",
                            "routerUrl",
                            "https://router-" + number % 7 + ".example:5010",
                            "sessionId",
                            BigDecimal.valueOf(number)));
        }
    }

    private static void put(DynamoDbClient client, String table, Map<String, Object> item) {
        client.putItem(put -> put.tableName(table).item(Items.attributes(ItemValue.item(item))));
    }

    @TearDown
    public void stop() {
        dynamo.ifPresent(DynamoLocal::close);
    }

    /** A customer who takes everything at once. */
    private static final class Nowhere implements Delivery {
        @Override
        public void keepAlive() {}

        @Override
        public void deliver(CompletionEvent event) {}
    }
}
