package network.cortensor.portal.dynamo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.KeyVerdict;
import network.cortensor.portal.memory.Remembered;
import network.cortensor.portal.memory.RememberedKeys;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** The table of keys as a worker reads it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoKeysTest {
    private static final TableNames TABLES = TableNames.prefixed("keys-");
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final RandomGenerator RANDOM =
            RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    private final DynamoHost dynamo = host(TABLES);
    private final FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
    private final List<String> reads = Collections.synchronizedList(new ArrayList<>());
    private final List<Problem> problems = Collections.synchronizedList(new ArrayList<>());
    private volatile Instant now = START;
    private KeyHash hash = KeyText.make("test", RANDOM).hash();
    private RememberedKeys keys = worker();

    @BeforeEach
    void oneKeyOnOnePlan() {
        hash = KeyText.make("test", RANDOM).hash();
        plan("free", Map.of());
        key(Map.of());
        now = START;
        problems.clear();
        failing(key -> false);
        keys = worker();
    }

    /** Where the tables are. */
    DynamoHost host(TableNames tables) {
        return DynamoLocal.startWith(new TableSchema(tables)::create);
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    private RememberedKeys worker() {
        return new RememberedKeys(
                new DynamoKeys(faulty.client(), TABLES, problems::addAll), problems::addAll, () -> now);
    }

    private void failing(Predicate<String> failing) {
        reads.clear();
        faulty.plan(request -> {
            String key = key(request);
            reads.add(key);
            return failing.test(key) ? Disturbance.unreachable() : Disturbance.NONE;
        });
    }

    private static String key(DynamoDbRequest request) {
        return Objects.requireNonNull(((GetItemRequest) request).key().get("keyHash"))
                .s();
    }

    private void key(Map<String, Object> more) {
        Map<String, Object> item = new HashMap<>(Map.of(
                "keyHash", hash.hex(), "keyId", "key-1", "customer", "acme", "plan", "free", "status", "active"));
        item.putAll(more);
        put(item);
    }

    private void plan(String name, Map<String, Object> more) {
        Map<String, Object> item = new HashMap<>(Map.of(
                "keyHash",
                "plan#" + name,
                "requestsPerMinute",
                BigDecimal.valueOf(20),
                "requestsPerWeek",
                "unlimited",
                "tokensPerWeek",
                "unlimited",
                "requestsInFlight",
                "unlimited"));
        item.putAll(more);
        put(item);
    }

    private void put(Map<String, Object> item) {
        dynamo.client()
                .putItem(request -> request.tableName(TABLES.apiKeys()).item(Items.attributes(ItemValue.item(item))));
    }

    private void delete(String key) {
        dynamo.client()
                .deleteItem(request ->
                        request.tableName(TABLES.apiKeys()).key(Map.of("keyHash", AttributeValue.fromS(key))));
    }

    private void at(String seconds) {
        now = START.plus(Duration.parse("PT" + seconds + "S"));
    }

    private Customer customer() {
        assertThat(keys.find(hash)).isInstanceOf(KeyVerdict.Known.class);
        return ((KeyVerdict.Known) keys.find(hash)).customer();
    }

    private void assertUnknown() {
        assertThat(keys.find(hash)).isEqualTo(new KeyVerdict.Unknown());
    }

    private void assertUnavailable() {
        assertThat(keys.find(hash)).isEqualTo(new KeyVerdict.Unavailable());
    }

    @Test
    void aKeyComesWithItsCustomerAndItsPlansLimits() {
        key(Map.of("allowedModels", List.of("gpt-oss-20b")));

        Customer customer = customer();

        assertThat(customer.keyId()).isEqualTo("key-1");
        assertThat(customer.customer()).isEqualTo("acme");
        assertThat(customer.plan().name()).isEqualTo("free");
        assertThat(customer.plan().customer().requestsPerMinute()).isEqualTo(OptionalLong.of(20));
        assertThat(customer.models().allows("gpt-oss-20b")).isTrue();
        assertThat(customer.models().allows("gpt-oss-120b")).isFalse();
        assertThat(problems).isEmpty();
    }

    @Test
    void aKeyAndItsPlanAreReadOnceIn5Seconds() {
        for (int i = 0; i < 100; i++) {
            now = START.plusMillis(49L * i);
            customer();
        }
        assertThat(reads).containsExactly(hash.hex(), "plan#free");

        at("5");
        customer();
        assertThat(reads.subList(2, reads.size()))
                .as("side by side, for the plan's name is remembered")
                .containsExactlyInAnyOrder(hash.hex(), "plan#free");
    }

    @Test
    void readsAreConsistent() {
        faulty.plan(request -> {
            assertThat(((GetItemRequest) request).consistentRead()).isTrue();
            return Disturbance.NONE;
        });
        customer();
    }

    @Test
    void aRevokedKeyStopsWithin5Seconds() {
        customer();
        at("0.001");
        key(Map.of("status", "revoked"));
        at("4.999");
        customer();
        at("5");
        assertUnknown();
    }

    /** What was read counts from when its reading began: an edit of that while is seen 5 s later at the latest. */
    @Test
    void aSlowReadIsNotYoungerForThat() {
        faulty.plan(request -> new Disturbance.Waits(() -> at("2")));
        customer();
        key(Map.of("status", "revoked"));
        faulty.heal();
        at("4.999");
        customer();
        at("5");
        assertUnknown();
    }

    @Test
    void aDeletedKeyStopsWithin5Seconds() {
        customer();
        delete(hash.hex());
        at("5");
        assertUnknown();
    }

    @Test
    void aKeyExpiresAtItsInstantAlthoughItIsRemembered() {
        key(Map.of("expiry", START.plusSeconds(3).toString()));
        at("2.999");
        customer();
        at("3");
        assertUnknown();
    }

    @Test
    void limitsOfAPlanChangeWithin5Seconds() {
        customer();
        plan("free", Map.of("requestsPerMinute", BigDecimal.valueOf(40)));
        at("5");
        assertThat(customer().plan().customer().requestsPerMinute()).isEqualTo(OptionalLong.of(40));
    }

    @Test
    void manyRequestsWithOneWrongKeyAreOneRead() {
        KeyHash wrong = KeyText.make("test", RANDOM).hash();
        for (int i = 0; i < 1_000; i++) {
            assertThat(keys.find(wrong)).isEqualTo(new KeyVerdict.Unknown());
        }
        assertThat(reads).containsExactly(wrong.hex());
    }

    @Test
    void wrongKeysDoNotFillTheMemory() {
        customer();
        for (int i = 0; i < 10 * Remembered.MANY; i++) {
            keys.find(KeyText.make("test", RANDOM).hash());
        }
        assertThat(keys.remembered()).isLessThanOrEqualTo(Remembered.MANY);
        reads.clear();
        customer();
        assertThat(reads).as("good keys stay remembered").isEmpty();
    }

    @Test
    void aNewKeyWorksAtOnce() {
        assertThat(keys.find(KeyText.make("test", RANDOM).hash())).isEqualTo(new KeyVerdict.Unknown());
        hash = KeyText.make("test", RANDOM).hash();
        key(Map.of());
        customer();
    }

    @Test
    void aTableThatDoesNotAnswerIsNotTheCustomersFault() {
        failing(key -> true);
        assertUnavailable();
        failing(key -> key.startsWith("plan#"));
        assertUnavailable();
        failing(key -> false);
        customer();
    }

    @Test
    void anOutageLetsNobodyInOnWhatWasKnownBefore() {
        customer();
        failing(key -> true);
        at("4.999");
        customer();
        at("5");
        assertUnavailable();
    }

    @Test
    void aKeyWithoutItsPlanIsUnavailableAndReported() {
        delete("plan#free");
        assertUnavailable();
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly("key key-1: plan: \"free\" does not exist (expected: the name of an item)");
    }

    @Test
    void aBrokenPlanLetsNobodyInAndIsReported() {
        plan("free", Map.of("requestsPerMinute", "many"));
        assertUnavailable();
        assertThat(problems).extracting(Problem::item).containsExactly("plan free");

        plan("free", Map.of());
        at("5");
        customer();
    }

    @Test
    void aBrokenKeyIsUnavailableAndReported() {
        key(Map.of("expiry", "soon"));
        assertUnavailable();
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly("key key-1: expiry: \"soon\" (expected: a time as 2026-12-31T00:00:00Z)");
    }

    @Test
    void aRevokedKeyIsWrongWhateverItsPlan() {
        key(Map.of("status", "revoked", "plan", "nowhere"));
        assertUnknown();
        assertThat(reads).containsExactly(hash.hex());
    }

    @Test
    void requestsAtOnceShareOneRead() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        faulty.plan(request -> new Disturbance.Waits(() -> {
            reads.add(key(request));
            reading.countDown();
            await(go);
        }));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<KeyVerdict> first = threads.submit(() -> keys.find(hash));
            await(reading);
            Future<KeyVerdict> second = threads.submit(() -> keys.find(hash));
            go.countDown();
            assertThat(first.get()).isInstanceOf(KeyVerdict.Known.class);
            assertThat(second.get()).isEqualTo(first.get());
        }
        assertThat(reads).containsExactly(hash.hex(), "plan#free");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The table holds hashes and nothing that a key could be made of. */
    @Test
    void aPlansKeyOpensNothing() {
        KeyText text = KeyText.make("test", RANDOM);

        assertThat(KeyText.read("plan#free")).isEmpty();
        assertThat(keys.find(text.hash())).isEqualTo(new KeyVerdict.Unknown());
    }
}
