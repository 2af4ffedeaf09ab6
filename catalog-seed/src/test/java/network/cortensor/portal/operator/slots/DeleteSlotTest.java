package network.cortensor.portal.operator.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.slots.SlotRows;
import network.cortensor.portal.operator.Operator;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;

/** A slot's item that no program wrote keeps its session closed: status says so, and somebody who knows takes it away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeleteSlotTest {
    private static final TableNames TABLES = TableNames.prefixed("slots-");
    private static final String ROUTER = "router-a.example:443";

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);
    private final Operator operator = Operator.at(dynamo.url(), "slots-");

    @BeforeEach
    void aTarget() {
        put(TABLES.pools(), Map.of("pool", text("oss-20b"), "state", text("live")));
        put(
                TABLES.targets(),
                Map.of(
                        "pool", text("oss-20b"),
                        "target", text("a-101"),
                        "routerUrl", text("https://router-a.example"),
                        "sessionId", AttributeValue.fromN("101"),
                        "state", text("live")));
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private void put(String table, Map<String, AttributeValue> item) {
        dynamo.client().putItem(put -> put.tableName(table).item(item));
    }

    private void slot(String slot, Map<String, AttributeValue> fields) {
        Map<String, AttributeValue> item = new HashMap<>(fields);
        item.put("router", text(ROUTER));
        item.put("slot", text(slot));
        put(TABLES.sessionSlots(), item);
    }

    private static Map<String, AttributeValue> taken(Duration ahead) {
        return Map.of(
                "owner",
                text("0123456789abcdef0123456789abcdef"),
                "takenAt",
                text(Instant.now().toString()),
                "expiresAt",
                AttributeValue.fromN(Long.toString(Instant.now().plus(ahead).getEpochSecond())));
    }

    private List<Map<String, AttributeValue>> items() {
        return dynamo.client()
                .scan(scan -> scan.tableName(TABLES.sessionSlots()))
                .items();
    }

    private Operator.Outcome run(String... args) {
        return operator.with(ScriptedTerminal.piped("")).run(args);
    }

    @Test
    void aSlotOfTenYearsIsTold() {
        slot("101#0", taken(Duration.ofDays(3650)));

        Operator.Outcome status = run("status");
        assertThat(status.out() + status.err())
                .contains("slot router-a.example:443 101#0: expiresAt: ", "expected: at most 375 s ahead");

        Operator.Outcome deleted = run("slots", "delete", ROUTER, "101#0");
        assertThat(deleted.exitCode()).as(deleted.err()).isZero();
        assertThat(deleted.out()).contains("slot router-a.example:443 101#0 deleted: expiresAt: ");
        assertThat(items()).isEmpty();
        assertThat(run("status").out()).doesNotContain("slot router-a");
    }

    @Test
    void aSlotThatCannotBeReadIsToldAndTakenAwayLikewise() {
        slot("101#0", Map.of("owner", AttributeValue.fromBool(true), "expiresAt", text("tomorrow")));

        Operator.Outcome status = run("status");
        assertThat(status.out() + status.err()).contains("slot router-a.example:443 101#0: expiresAt: unreadable");

        assertThat(run("slots", "delete", ROUTER, "101#0").exitCode()).isZero();
        assertThat(items()).isEmpty();
    }

    /** Each closes the session of target a-101 until 2036. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"101", "101#", "101#x", "101#00", "101#-1", "101#0 ", "101#9999999999", "101#7"})
    void aSlotIsToldAndDeletedByWhatStandsInTheTable(String slot) {
        slot(slot, taken(Duration.ofDays(3650)));

        Operator.Outcome status = run("status");
        assertThat(status.out() + status.err()).contains("slot router-a.example:443 " + slot + ": ");

        assertThat(run("slots", "delete", ROUTER, slot).exitCode()).isZero();
        assertThat(items()).isEmpty();
        assertThat(run("status").out()).doesNotContain("slot router-a");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 200, 374})
    void aSlotThatARequestMayHaveIsNotTakenAwayWithoutForce(int secondsAhead) {
        slot("101#0", taken(Duration.ofSeconds(secondsAhead)));

        Operator.Outcome refused = run("slots", "delete", ROUTER, "101#0");
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.err()).contains("a task may be in this session until ");
        assertThat(items()).hasSize(1);

        assertThat(run("slots", "delete", ROUTER, "101#0", "--force").exitCode())
                .isZero();
        assertThat(items()).isEmpty();
    }

    @Test
    void aSlotThatIsNotThereIsAMistake() {
        Operator.Outcome outcome = run("slots", "delete", ROUTER, "999#0");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("slot router-a.example:443 999#0: does not exist");
    }

    /** The client asks again, finds nothing, and it was the first try that deleted it. */
    @Test
    void aDeletionWhoseAnswerIsLostIsADeletion() {
        slot("101#0", taken(Duration.ofDays(3650)));
        FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
        SlotRows rows = new SlotRows(faulty.client(), TABLES.sessionSlots());
        SlotRows.Row row = rows.find(ROUTER, "101#0").orElseThrow();
        faulty.plan(request -> request instanceof DeleteItemRequest ? Disturbance.answerLost() : Disturbance.NONE);
        assertThatExceptionOfType(SdkException.class).isThrownBy(() -> rows.delete(row));
        faulty.heal();

        assertThat(rows.delete(row)).isTrue();
    }

    @Test
    void aSlotThatAnotherRequestHasTakenMeanwhileIsNotDeleted() {
        slot("101#0", taken(Duration.ofDays(3650)));
        SlotRows rows = new SlotRows(dynamo.client(), TABLES.sessionSlots());
        SlotRows.Row row = rows.find(ROUTER, "101#0").orElseThrow();
        Map<String, AttributeValue> others = new HashMap<>(taken(Duration.ofSeconds(60)));
        others.put("owner", text("fedcba9876543210fedcba9876543210"));
        slot("101#0", others);

        assertThat(rows.delete(row)).isFalse();
    }
}
