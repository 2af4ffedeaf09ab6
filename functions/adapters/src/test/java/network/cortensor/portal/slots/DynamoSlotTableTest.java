package network.cortensor.portal.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.model.PoolTimes;
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
class DynamoSlotTableTest extends SlotTableContract {
    private static final String TABLE = "slots-SessionSlots";

    private final DynamoHost dynamo = host(TableNames.prefixed("slots-"));
    private final DynamoDbClient client = dynamo.client();
    private final SlotTable table = new DynamoSlotTable(client, TABLE);

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
        client.scanPaginator(scan -> scan.tableName(TABLE))
                .items()
                .forEach(item -> client.deleteItem(delete ->
                        delete.tableName(TABLE).key(Map.of("router", item.get("router"), "slot", item.get("slot")))));
    }

    @Override
    SlotTable table() {
        return table;
    }

    @Test
    void aPersonCanReadAnItem() throws SlotsUnavailable {
        table.put(lease(0, "5eb63bbbe01eeed093cb22bb8f5acdc3"), TAKEN);

        assertThat(client.scan(scan -> scan.tableName(TABLE)).items())
                .containsExactly(Map.of(
                        "router", text("a.example:5010"),
                        "slot", text("168#0"),
                        "owner", text("5eb63bbbe01eeed093cb22bb8f5acdc3"),
                        "takenAt", text("2090-01-01T00:00:00.123456789Z"),
                        "expiresAt", AttributeValue.fromN("3786912211")));
    }

    static Stream<Arguments> oddItems() {
        AttributeValue later = AttributeValue.fromN("3786912211");
        AttributeValue owner = text("5eb63bbbe01eeed093cb22bb8f5acdc3");
        return Stream.of(
                Arguments.of("no attributes but the key", Map.of(), "unreadable: expiresAt"),
                Arguments.of("no expiry", Map.of("owner", owner), "unreadable: expiresAt"),
                Arguments.of(
                        "an expiry that is text",
                        Map.of("owner", owner, "expiresAt", text("1")),
                        "unreadable: expiresAt"),
                Arguments.of(
                        "an expiry that is null",
                        Map.of("owner", owner, "expiresAt", AttributeValue.fromNul(true)),
                        "unreadable: expiresAt"),
                Arguments.of(
                        "an expiry beyond all time",
                        Map.of("owner", owner, "expiresAt", AttributeValue.fromN("1e120")),
                        "5eb63bbbe01eeed093cb22bb8f5acdc3"),
                Arguments.of(
                        "an expiry with a fraction",
                        Map.of("owner", owner, "expiresAt", AttributeValue.fromN("3786912211.5")),
                        "5eb63bbbe01eeed093cb22bb8f5acdc3"),
                Arguments.of("no owner", Map.of("expiresAt", later), "unreadable: owner"),
                Arguments.of(
                        "an owner that is a number",
                        Map.of("owner", AttributeValue.fromN("1"), "expiresAt", later),
                        "unreadable: owner"),
                Arguments.of(
                        "an unreadable time of the take",
                        Map.of("owner", owner, "expiresAt", later, "takenAt", text("yesterday")),
                        "5eb63bbbe01eeed093cb22bb8f5acdc3"),
                Arguments.of(
                        "a time of the take beyond all time",
                        Map.of("owner", owner, "expiresAt", later, "takenAt", text("+1000000000-12-31T23:59:59Z")),
                        "5eb63bbbe01eeed093cb22bb8f5acdc3"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddItems")
    void anItemThatCannotBeReadIsATakenSlot(String name, Map<String, AttributeValue> attributes, String owner)
            throws SlotsUnavailable {
        edit("168#0", attributes);

        assertThat(table.rows(ROUTER)).singleElement().satisfies(row -> {
            assertThat(row.session()).isEqualTo(SESSION);
            assertThat(row.number()).isZero();
            assertThat(row.owner()).isEqualTo(owner);
        });
        assertThat(take(EXPIRES.plusSeconds(29), 1)).isInstanceOf(Take.Busy.class);
        assertThat(table.put(lease(0, "ours"), EXPIRES)).map(Lease::owner).contains(owner);
    }

    static Stream<Arguments> oddKeys() {
        return Stream.of(
                Arguments.of("no number", "168"),
                Arguments.of("an empty number", "168#"),
                Arguments.of("a word for a number", "168#one"),
                Arguments.of("a negative number", "168#-1"),
                Arguments.of("a number that we would write differently", "168#00"),
                Arguments.of("a number beyond all capacities", "168#99999999999"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddKeys")
    void aSlotWithoutAReadableNumberCountsBesideAllOthers(String name, String slot) {
        edit(slot, Map.of("owner", text("someone"), "expiresAt", AttributeValue.fromN("3786912211")));

        assertThat(take(EXPIRES, 1)).isInstanceOf(Take.Busy.class);
        assertThat(take(EXPIRES, 2)).isInstanceOf(Take.Taken.class);
        assertThat(take(EXPIRES, 2)).isInstanceOf(Take.Busy.class);
    }

    @Test
    void anItemWithoutAnExpiryIsTakenUntilSomeoneDeletesIt() throws SlotsUnavailable {
        edit("168#0", Map.of());

        assertThat(take(Instant.parse("2190-01-01T00:00:00Z"), 1)).isInstanceOf(Take.Busy.class);
        client.deleteItem(delete -> delete.tableName(TABLE).key(Map.of("router", text(ROUTER), "slot", text("168#0"))));
        assertThat(take(EXPIRES, 1)).isInstanceOf(Take.Taken.class);
    }

    @Test
    void anExpiryBeforeAllTimeIsExpired() {
        edit("168#0", Map.of("expiresAt", AttributeValue.fromN("-1e100")));

        assertThat(take(EXPIRES, 1)).isInstanceOf(Take.Taken.class);
    }

    static Stream<Arguments> badItems() {
        AttributeValue owner = text("5eb63bbbe01eeed093cb22bb8f5acdc3");
        return Stream.of(
                Arguments.of(Map.of("owner", owner, "expiresAt", AttributeValue.fromN("4102444800")), "expiresAt"),
                Arguments.of(Map.of("owner", owner, "expiresAt", AttributeValue.fromN("1e120")), "expiresAt"),
                Arguments.of(Map.of("owner", owner, "expiresAt", text("soon")), "expiresAt"),
                Arguments.of(Map.of("expiresAt", AttributeValue.fromN("3786912211")), "owner"));
    }

    /** Closed all the same: nobody knows whether a task is in the session. */
    @ParameterizedTest
    @MethodSource("badItems")
    void anItemThatNoProgramWroteIsReported(Map<String, AttributeValue> attributes, String field)
            throws SlotsUnavailable {
        edit("168#0", attributes);
        List<Problem> problems = new ArrayList<>();
        SlotTable watching = new DynamoSlotTable(client, TABLE, problems::addAll, InstantSource.fixed(TAKEN));

        assertThat(watching.rows(ROUTER)).hasSize(1);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("slot " + ROUTER + " 168#0");
            assertThat(problem.field()).isEqualTo(field);
        });
        assertThat(take(TAKEN, 1)).isInstanceOf(Take.Busy.class);
    }

    @Test
    void theLongestHonestLeaseIsNoProblem() throws SlotsUnavailable {
        List<Problem> problems = new ArrayList<>();
        SlotTable watching = new DynamoSlotTable(client, TABLE, problems::addAll, InstantSource.fixed(TAKEN));
        Slots slots = new Slots(watching, InstantSource.fixed(TAKEN), new SplittableRandom(1), Slots.Terms.PRODUCTION);

        assertThat(slots.pass().take(SESSION, 1, PoolTimes.LONGEST_TOTAL)).isInstanceOf(Take.Taken.class);
        watching.rows(ROUTER);

        assertThat(problems).isEmpty();
    }

    @Test
    void aTableThatHasTooMuchToDoSaysSo() {
        FaultyDynamoDb faulty = new FaultyDynamoDb(client);
        faulty.plan(request -> Disturbance.throttled());
        SlotTable throttled = new DynamoSlotTable(faulty.client(), TABLE);

        assertThatThrownBy(() -> throttled.rows(ROUTER)).isInstanceOf(SlotsThrottled.class);
        assertThatThrownBy(() -> throttled.put(lease(0, "ours"), TAKEN)).isInstanceOf(SlotsThrottled.class);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("throttled", Disturbance.throttled()),
                Arguments.of("unreachable", Disturbance.unreachable()),
                Arguments.of("answer lost", Disturbance.answerLost()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void whateverKeepsTheTableFromAnsweringMakesItUnavailable(String name, Disturbance disturbance) {
        FaultyDynamoDb faulty = new FaultyDynamoDb(client);
        faulty.plan(request -> disturbance);
        assertUnavailable(new DynamoSlotTable(faulty.client(), TABLE));
    }

    @Test
    void aTableThatIsNotThereIsUnavailable() {
        assertUnavailable(new DynamoSlotTable(client, "slots-Nowhere"));
    }

    private static void assertUnavailable(SlotTable table) {
        assertThatThrownBy(() -> table.rows(ROUTER)).isInstanceOf(SlotsUnavailable.class);
        assertThatThrownBy(() -> table.put(lease(0, "ours"), TAKEN)).isInstanceOf(SlotsUnavailable.class);
        assertThatThrownBy(() -> table.delete(lease(0, "ours")))
                .isInstanceOf(SlotsUnavailable.class)
                .hasMessage("slots cannot be read or written");
    }

    @Test
    void aWriteThatLandsAfterItWasGivenUpKeepsOthersOutUntilItExpires() {
        List<Runnable> late = new ArrayList<>();
        FaultyDynamoDb faulty = new FaultyDynamoDb(client);
        faulty.plan(request -> request instanceof PutItemRequest ? Disturbance.late(late::add) : Disturbance.NONE);

        assertThat(take(new DynamoSlotTable(faulty.client(), TABLE), TAKEN, 1)).isInstanceOf(Take.Doubtful.class);
        late.forEach(Runnable::run);

        assertThat(take(TAKEN, 1)).isInstanceOf(Take.Busy.class);
        assertThat(take(TAKEN.plusSeconds(212 + 30), 1)).isInstanceOf(Take.Taken.class);
    }

    @Test
    void aLostAnswerIsTakenBackAtOnce() {
        FaultyDynamoDb faulty = new FaultyDynamoDb(client);
        faulty.plan(request -> request instanceof PutItemRequest ? Disturbance.answerLost() : Disturbance.NONE);

        assertThat(take(new DynamoSlotTable(faulty.client(), TABLE), TAKEN, 1)).isInstanceOf(Take.Doubtful.class);

        assertThat(take(TAKEN, 1)).isInstanceOf(Take.Taken.class);
    }

    @Test
    void theGoodPathCostsOneReadUnitAndTwoWriteUnits() {
        edit("169#0", Map.of());
        UnitCounter counter = new UnitCounter(client);
        Slots slots = slots(new DynamoSlotTable(counter.client(), TABLE), TAKEN);

        Take.Taken taken = (Take.Taken) slots.pass().take(SESSION, 1, Duration.ofSeconds(150));
        taken.release();

        assertThat(counter.units()).isEqualTo(new UnitCounter.Units(1, 2));
    }

    private Take take(Instant now, int capacity) {
        return take(table, now, capacity);
    }

    private static Take take(SlotTable table, Instant now, int capacity) {
        return slots(table, now).pass().take(SESSION, capacity, Duration.ofSeconds(150));
    }

    private static Slots slots(SlotTable table, Instant now) {
        return new Slots(table, InstantSource.fixed(now), new SplittableRandom(), Slots.Terms.PRODUCTION);
    }

    private void edit(String slot, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new HashMap<>(attributes);
        item.put("router", text(ROUTER));
        item.put("slot", text(slot));
        client.putItem(put -> put.tableName(TABLE).item(item));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
