package network.cortensor.portal.benchmarks;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import network.cortensor.portal.api.http.RequestHeaders;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.api.keys.PresentedKey;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.keys.DynamoKeys;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.KeyVerdict;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.memory.RememberedKeys;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What checking a key costs where nothing has to be read, and whether its time says how much of it is right. {@code wrong} and {@code
 * mistyped} share {@link #right} of 43 random characters with a good key; if the time followed them, a key could be found character by
 * character. Behind a network this would have to stand out of milliseconds of noise; here nothing hides it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@State(Scope.Benchmark)
public class KeyBenchmark {
    private static final int CHARACTERS = 43;
    private static final int DIGITS = 62;
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final TableNames TABLES = TableNames.prefixed("bench-");

    @Param({"0", "11", "22", "33", "42"})
    int right;

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);
    private final Keys keys = new Keys(
            "bench",
            new RememberedKeys(new DynamoKeys(dynamo.client(), TABLES, problems -> {}), problems -> {}, () -> NOW));
    private RequestHeaders good = RequestHeaders.NONE;
    private RequestHeaders wrong = RequestHeaders.NONE;
    private RequestHeaders mistyped = RequestHeaders.NONE;

    @Setup
    public void keys() {
        int[] digits = new SecureRandom().ints(CHARACTERS, 0, DIGITS).toArray();
        KeyText key = key(digits);
        put(Map.of(
                "keyHash",
                key.hash().hex(),
                "keyId",
                "key-1",
                "customer",
                "bench",
                "plan",
                "bench",
                "status",
                "active"));
        put(Map.of(
                "keyHash",
                PlanItems.tableKey("bench"),
                PlanItems.REQUESTS_PER_MINUTE,
                PlanItems.UNLIMITED,
                PlanItems.REQUESTS_PER_WEEK,
                PlanItems.UNLIMITED,
                PlanItems.TOKENS_PER_WEEK,
                PlanItems.UNLIMITED,
                PlanItems.REQUESTS_IN_FLIGHT,
                PlanItems.UNLIMITED));
        String other = key(IntStream.range(0, CHARACTERS)
                        .map(at -> at < right ? digits[at] : (digits[at] + 1) % DIGITS)
                        .toArray())
                .reveal();
        good = bearer(key.reveal());
        wrong = bearer(other);
        mistyped = bearer(other.substring(0, other.length() - 1) + (other.endsWith("0") ? '1' : '0'));
    }

    @TearDown(Level.Trial)
    public void close() {
        dynamo.close();
    }

    /** The key with these digits for its random part. */
    private static KeyText key(int... digits) {
        var next = IntStream.of(digits).iterator();
        return KeyText.make("bench", new RandomGenerator() {
            @Override
            public long nextLong() {
                return next.nextInt();
            }

            @Override
            public int nextInt(int bound) {
                return next.nextInt();
            }
        });
    }

    private static RequestHeaders bearer(String key) {
        return new RequestHeaders(Map.of("authorization", List.of("Bearer " + key)));
    }

    private void put(Map<String, Object> item) {
        dynamo.client().putItem(put -> put.tableName(TABLES.apiKeys()).item(Items.attributes(ItemValue.item(item))));
    }

    @Benchmark
    public KeyVerdict good() {
        return check(good);
    }

    @Benchmark
    public KeyVerdict wrong() {
        return check(wrong);
    }

    @Benchmark
    public KeyVerdict mistyped() {
        return check(mistyped);
    }

    private KeyVerdict check(RequestHeaders headers) {
        return PresentedKey.of(headers).stream().map(keys::check).findFirst().orElseThrow();
    }
}
