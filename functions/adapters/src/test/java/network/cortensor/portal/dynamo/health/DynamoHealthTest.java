package network.cortensor.portal.dynamo.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.HealthStoreContract;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Protocol.Cortensor;
import network.cortensor.portal.model.Protocol.SessionForm;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import network.cortensor.portal.testkit.dynamo.UnitCounter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoHealthTest extends HealthStoreContract {
    private static final TableNames TABLES = TableNames.prefixed("health-");
    private static final RandomGenerator RANDOM = new SecureRandom();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Observation SERVED = new Observation.Served(Optional.of(Duration.ofSeconds(10)));
    private static final Observation FAILED = new Observation.Failed(new Failure.RouterError());
    private static final Target TARGET = new Target(
            new TargetId("oss-20b", "r1-s168"),
            URI.create("http://r1:5010"),
            new Cortensor(2, SessionForm.BODY, 168),
            Capacity.ONE,
            1,
            State.LIVE,
            Optional.empty());

    private final DynamoHost dynamo = host(TABLES);
    private final DynamoDbClient client = dynamo.client();
    private final DynamoHealth store = new DynamoHealth(client, TABLES, RANDOM);

    /** Where the tables are. */
    DynamoHost host(TableNames tables) {
        return DynamoLocal.startWith(new TableSchema(tables)::create);
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    @BeforeEach
    void empty() {
        client.scanPaginator(scan -> scan.tableName(TABLES.targetHealth()))
                .items()
                .forEach(item -> client.deleteItem(delete -> delete.tableName(TABLES.targetHealth())
                        .key(Map.of("pool", item.get("pool"), "target", item.get("target")))));
    }

    @Override
    protected HealthStore store() {
        return store;
    }

    @Test
    void aPersonCanReadTheItem() throws Exception {
        TargetHealth health = TargetHealth.none(TARGET.session());
        health = HealthFold.fold(health, SERVED, NOON);
        for (int failures = 0; failures < 3; failures++) {
            health = HealthFold.fold(health, FAILED, NOON.plusSeconds(60));
        }
        store.write(TARGET.id(), health);

        Map<String, Object> item = ItemValue.plain(Items.plain(item()));
        item.remove("write");
        assertThat(item)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("pool", "oss-20b"),
                        Map.entry("target", "r1-s168"),
                        Map.entry("router", "r1:5010"),
                        Map.entry("session", "168"),
                        Map.entry("version", BigDecimal.ONE),
                        Map.entry("failuresInRow", new BigDecimal(3)),
                        Map.entry("passesInRow", BigDecimal.ZERO),
                        Map.entry("rotation", "ejected"),
                        Map.entry("ejections", BigDecimal.ONE),
                        Map.entry("ejectedUntil", "2026-11-23T12:01:30Z"),
                        Map.entry("lastSuccess", "2026-11-23T12:00:00Z"),
                        Map.entry("lastFailure", "router_error"),
                        Map.entry("lastFailureAt", "2026-11-23T12:01:00Z"),
                        Map.entry("firstTokenMillis", new BigDecimal(10_000)),
                        Map.entry(
                                "expiresAt",
                                BigDecimal.valueOf(NOON.plusSeconds(60)
                                        .plus(Duration.ofDays(30))
                                        .getEpochSecond()))));
    }

    @Test
    void aPersonReadsWhatBecomesOfSpecialTokensAndAnUnknownWordSaysNothing() throws Exception {
        Observation stripped = new Observation.ProbePassed(Duration.ofSeconds(1), SpecialTokens.STRIPPED);
        store.write(TARGET.id(), HealthFold.fold(TargetHealth.none(TARGET.session()), stripped, NOON));
        Map<String, AttributeValue> item = new HashMap<>(item());
        assertThat(item).containsEntry("specialTokens", AttributeValue.fromS("stripped"));

        item.put("specialTokens", AttributeValue.fromS("STRIPPED, I think"));
        client.putItem(put -> put.tableName(TABLES.targetHealth()).item(item));

        TargetHealth odd = store.find(TARGET.id()).orElseThrow();
        assertThat(odd.specialTokens()).isEqualTo(SpecialTokens.UNKNOWN);
        assertThat(odd.latest().success()).contains(NOON);
        new Learning(store).fromTraffic(TARGET, SERVED, NOON.plusSeconds(60));
        assertThat(item()).doesNotContainKey("specialTokens");
    }

    static Stream<Arguments> spoiled() {
        return Stream.of(
                Arguments.of("nothing but its key", Map.of()),
                Arguments.of("a version that is a text", Map.of("version", AttributeValue.fromS("x"))),
                Arguments.of("a negative version", Map.of("version", AttributeValue.fromN("-3"))),
                Arguments.of("a version below 1", Map.of("version", AttributeValue.fromN("0.25"))),
                Arguments.of("a fractional version", Map.of("version", AttributeValue.fromN("1.5"))),
                Arguments.of(
                        "a fraction of a huge version", Map.of("version", AttributeValue.fromN("99999999999999999.5"))),
                Arguments.of(
                        "a version of ours that was written otherwise", Map.of("version", AttributeValue.fromN("2.0"))),
                Arguments.of(
                        "the largest version that can be written on",
                        Map.of("version", AttributeValue.fromN("999999999999999998"))),
                Arguments.of("a version beyond it", Map.of("version", AttributeValue.fromN("1E+18"))),
                Arguments.of("a version without end", Map.of("version", AttributeValue.fromN("9E+125"))),
                Arguments.of("a version that is a list", Map.of("version", AttributeValue.fromL(List.of()))),
                Arguments.of("a version that is true", Map.of("version", AttributeValue.fromBool(true))),
                Arguments.of("a version that is null", Map.of("version", AttributeValue.fromNul(true))),
                Arguments.of("a set of versions", Map.of("version", AttributeValue.fromNs(List.of("1", "2")))),
                Arguments.of(
                        "a version within a map",
                        Map.of("version", AttributeValue.fromM(Map.of("N", AttributeValue.fromN("1"))))),
                Arguments.of(
                        "a success that is to come",
                        ours(Map.of("lastSuccess", AttributeValue.fromS("2999-01-01T00:00:00Z")))),
                Arguments.of(
                        "a return that is to come",
                        ours(Map.of(
                                "rotation",
                                AttributeValue.fromS("returned"),
                                "returnedFrom",
                                AttributeValue.fromS("2999-01-01T00:00:00Z")))),
                Arguments.of(
                        "as many ejections as a number can say",
                        ours(Map.of(
                                "rotation",
                                AttributeValue.fromS("returned"),
                                "ejections",
                                AttributeValue.fromN("2147483647"),
                                "returnedFrom",
                                AttributeValue.fromS(NOON.toString())))),
                Arguments.of(
                        "as many failures as a number can say",
                        ours(Map.of("failuresInRow", AttributeValue.fromN("2147483647")))),
                Arguments.of("an unknown rotation", Map.of("rotation", AttributeValue.fromS("sideways"))),
                Arguments.of("an ejection without an end", Map.of("rotation", AttributeValue.fromS("ejected"))),
                Arguments.of(
                        "negative runs",
                        Map.of("failuresInRow", AttributeValue.fromN("-1"), "passesInRow", AttributeValue.fromN("-1"))),
                Arguments.of(
                        "failures and passes at once",
                        Map.of("failuresInRow", AttributeValue.fromN("1"), "passesInRow", AttributeValue.fromN("1"))),
                Arguments.of("a fraction of a run", Map.of("passesInRow", AttributeValue.fromN("0.5"))),
                Arguments.of("a huge number", Map.of("firstTokenMillis", AttributeValue.fromN("1E+100"))),
                Arguments.of("a time that is none", Map.of("lastSuccess", AttributeValue.fromS("yesterday"))),
                Arguments.of(
                        "a liveness that is none",
                        Map.of(
                                "liveness",
                                AttributeValue.fromS("undead"),
                                "livenessSince",
                                AttributeValue.fromS(NOON.toString()))),
                Arguments.of(
                        "a word about special tokens that is none",
                        Map.of("specialTokens", AttributeValue.fromS("eaten"))),
                Arguments.of("a list for a word", Map.of("rotation", AttributeValue.fromL(List.of()))));
    }

    /** Evidence about the target's present session. */
    private static Map<String, AttributeValue> ours(Map<String, AttributeValue> fields) {
        Map<String, AttributeValue> item = new HashMap<>(fields);
        item.put("router", AttributeValue.fromS("r1:5010"));
        item.put("session", AttributeValue.fromS("168"));
        return item;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoiled")
    void aSpoiledItemCanBeLearntAgainst(String ignored, Map<String, AttributeValue> spoiled) throws Exception {
        Map<String, AttributeValue> item = new HashMap<>(spoiled);
        item.put("pool", AttributeValue.fromS("oss-20b"));
        item.put("target", AttributeValue.fromS("r1-s168"));
        client.putItem(put -> put.tableName(TABLES.targetHealth()).item(item));

        for (int failures = 0; failures < HealthFold.FAILURES_TO_EJECT; failures++) {
            assertThat(new Learning(store).fromTraffic(TARGET, FAILED, NOON).outcome())
                    .isEqualTo(Learning.Learned.Outcome.WRITTEN);
        }
        assertThat(store.find(TARGET.id()).orElseThrow().standing(NOON)).isEqualTo(Standing.EJECTED);
    }

    @Test
    void anEjectionThatNoRuleWroteEndsWithTwoPasses() throws Exception {
        Map<String, AttributeValue> item = new HashMap<>(ours(Map.of(
                "rotation",
                AttributeValue.fromS("ejected"),
                "ejectedUntil",
                AttributeValue.fromS("2999-01-01T00:00:00Z"))));
        item.put("pool", AttributeValue.fromS("oss-20b"));
        item.put("target", AttributeValue.fromS("r1-s168"));
        client.putItem(put -> put.tableName(TABLES.targetHealth()).item(item));

        new Learning(store).fromTraffic(TARGET, SERVED, NOON);
        new Learning(store).fromTraffic(TARGET, SERVED, NOON);

        assertThat(store.find(TARGET.id()).orElseThrow().standing(NOON)).isEqualTo(Standing.GOOD);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoiled")
    void aSpoiledItemIsEvidenceOfLessAndIsWrittenOver(String ignored, Map<String, AttributeValue> spoiled)
            throws Exception {
        Map<String, AttributeValue> item = new HashMap<>(spoiled);
        item.put("pool", AttributeValue.fromS("oss-20b"));
        item.put("target", AttributeValue.fromS("r1-s168"));
        client.putItem(put -> put.tableName(TABLES.targetHealth()).item(item));

        Map<String, TargetHealth> read = store.pool("oss-20b");
        TargetHealth learned =
                new Learning(store).fromTraffic(TARGET, SERVED, NOON).health();

        assertThat(new PoolHealth(read, Optional.of(NOON)).standing(TARGET, NOON))
                .isEqualTo(Standing.UNKNOWN);
        assertThat(learned.standing(NOON)).isEqualTo(Standing.GOOD);
        assertThat(store.find(TARGET.id())).contains(learned);
    }

    @Test
    void aWriteWhoseAnswerWasLostIsKnownAgain() throws Exception {
        TargetHealth health = HealthFold.fold(TargetHealth.none(TARGET.session()), SERVED, NOON);
        RandomGenerator sameIdAgain = () -> 7;
        DynamoHealth retried = new DynamoHealth(client, TABLES, sameIdAgain);

        assertThat(retried.write(TARGET.id(), health)).isTrue();
        assertThat(retried.write(TARGET.id(), health))
                .as("the same write again")
                .isTrue();
        assertThat(store.write(TARGET.id(), health)).as("another write alike").isFalse();
        assertThat(store.find(TARGET.id()).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void twoWhoLearnAtTheSameTimeUndoNothing() throws Exception {
        FaultyDynamoDb disturbed = new FaultyDynamoDb(client);
        Learning slow = new Learning(new DynamoHealth(disturbed.client(), TABLES, RANDOM));
        disturbed.plan(request -> {
            if (!(request instanceof PutItemRequest)) {
                return Disturbance.NONE;
            }
            disturbed.heal();
            return new Disturbance.Waits(() -> learnAsSomebodyElse());
        });

        slow.fromTraffic(TARGET, FAILED, NOON);

        assertThat(store.find(TARGET.id()).orElseThrow().failuresInRow()).isEqualTo(2);
        assertThat(store.find(TARGET.id()).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void noneOfManyFailuresAtOnceIsLost() throws Exception {
        Learning learning = new Learning(store);
        Callable<Learning.Learned> failure = () -> learning.fromTraffic(TARGET, FAILED, NOON);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(List.of(failure, failure, failure));
        }

        assertThat(store.find(TARGET.id()).orElseThrow().failuresInRow()).isEqualTo(3);
    }

    @Test
    void aTableThatDoesNotAnswerIsSaidToBeUnavailable() {
        FaultyDynamoDb disturbed = new FaultyDynamoDb(client);
        disturbed.plan(request -> Disturbance.throttled());
        DynamoHealth throttled = new DynamoHealth(disturbed.client(), TABLES, RANDOM);
        TargetHealth health = TargetHealth.none(TARGET.session());

        assertThatThrownBy(() -> throttled.pool("oss-20b")).isInstanceOf(HealthUnavailable.class);
        assertThatThrownBy(() -> throttled.find(TARGET.id())).isInstanceOf(HealthUnavailable.class);
        assertThatThrownBy(() -> throttled.write(TARGET.id(), health)).isInstanceOf(HealthUnavailable.class);
        assertThatThrownBy(throttled::heartbeat).isInstanceOf(HealthUnavailable.class);
        assertThatThrownBy(() -> throttled.beat(NOON)).isInstanceOf(HealthUnavailable.class);
    }

    @Test
    void evidenceOfATargetCostsOneUnitToWriteAndHalfAUnitPerFourKilobytesToRead() throws Exception {
        UnitCounter counted = new UnitCounter(client);
        DynamoHealth store = new DynamoHealth(counted.client(), TABLES, RANDOM);
        TargetHealth health = HealthFold.fold(TargetHealth.none(TARGET.session()), SERVED, NOON);
        health = HealthFold.fold(health, FAILED, NOON);

        store.write(TARGET.id(), health);
        assertThat(counted.units()).isEqualTo(new UnitCounter.Units(0, 1));

        counted.reset();
        store.pool("oss-20b");
        assertThat(counted.units()).isEqualTo(new UnitCounter.Units(0.5, 0));
    }

    private void learnAsSomebodyElse() {
        try {
            new Learning(store).fromTraffic(TARGET, FAILED, NOON);
        } catch (HealthUnavailable e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, AttributeValue> item() {
        return client.getItem(get -> get.tableName(TABLES.targetHealth())
                        .key(Map.of(
                                "pool", AttributeValue.fromS("oss-20b"), "target", AttributeValue.fromS("r1-s168"))))
                .item();
    }
}
