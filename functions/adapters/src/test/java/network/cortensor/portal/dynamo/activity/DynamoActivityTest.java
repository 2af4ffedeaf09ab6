package network.cortensor.portal.dynamo.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import network.cortensor.portal.activity.ActivitySums;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoActivityTest {
    private static final TableNames TABLES = TableNames.prefixed("Activity");
    private static final LocalDate DAY = LocalDate.of(2099, 11, 29);
    private static final Instant NOON = Instant.parse("2099-11-29T12:00:00Z");

    private final DynamoHost dynamo = host(TABLES);
    private final DynamoActivity activity = new DynamoActivity(dynamo.client(), TABLES.usage());

    /** Where the tables are. */
    DynamoHost host(TableNames names) {
        return DynamoLocal.startWith(new TableSchema(names)::create);
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    @Test
    void whatManyWorkersAddComesTogetherByTheHour() {
        activity.add("m", NOON, new ActivitySums(3, 2, Map.of(4, 1L, 11, 1L)));
        activity.add("m", NOON, new ActivitySums(2, 2, Map.of(4, 2L)));
        activity.add("m", NOON.minusSeconds(13 * 3600), new ActivitySums(1, 1, Map.of()));
        activity.add("other", NOON, new ActivitySums(9, 9, Map.of()));

        assertThat(activity.read("m", DAY.minusDays(1), DAY))
                .isEqualTo(Map.of(
                        NOON,
                        new ActivitySums(5, 4, Map.of(4, 3L, 11, 1L)),
                        NOON.minusSeconds(13 * 3600),
                        new ActivitySums(1, 1, Map.of())));
        assertThat(activity.read("m", DAY.plusDays(1), DAY.plusDays(2))).isEmpty();
    }

    @Test
    void whatSomebodySpoiledByHandCountsAsNothing() {
        dynamo.client()
                .putItem(put -> put.tableName(TABLES.usage())
                        .item(Map.of(
                                "keyId", AttributeValue.fromS("model#spoiled"),
                                "entry", AttributeValue.fromS("activity#2099-11-29"),
                                "r12", AttributeValue.fromN("-1"),
                                "a12", AttributeValue.fromS("many"),
                                "r99", AttributeValue.fromN("5"),
                                "t12_", AttributeValue.fromN("5"),
                                "r13", AttributeValue.fromN("7"))));

        assertThat(activity.read("spoiled", DAY, DAY))
                .isEqualTo(Map.of(NOON.plusSeconds(3600), new ActivitySums(7, 0, Map.of())));
    }

    /** One write adds all of an hour's sums, so that they contradict each other only where somebody wrote them. */
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({"a12, 11", "a12, 999999999999", "r12, 3", "t12_4, 11", "t12_99, 1"})
    void anHourWhoseSumsContradictEachOtherCountsAsNothing(String sum, String number) {
        String alias = "contrary-" + sum + "-" + number;
        activity.add(alias, NOON, new ActivitySums(10, 8, Map.of(4, 8L)));
        activity.add(alias, NOON.plusSeconds(3600), new ActivitySums(10, 8, Map.of(4, 8L)));
        edit(alias, sum, AttributeValue.fromN(number));

        assertThat(activity.read(alias, DAY, DAY))
                .isEqualTo(Map.of(NOON.plusSeconds(3600), new ActivitySums(10, 8, Map.of(4, 8L))));
    }

    @Test
    void aSumThatIsNoNumberCostsItsHourAndNoOther() {
        activity.add("text", NOON, new ActivitySums(10, 8, Map.of()));
        edit("text", "r12", AttributeValue.fromS("ten"));

        assertThat(activity.add("text", NOON, new ActivitySums(1, 1, Map.of()))).isFalse();
        assertThat(activity.add("text", NOON.plusSeconds(3600), new ActivitySums(5, 5, Map.of())))
                .isTrue();
        assertThat(activity.read("text", DAY, DAY))
                .isEqualTo(Map.of(NOON.plusSeconds(3600), new ActivitySums(5, 5, Map.of())));
    }

    private void edit(String alias, String sum, AttributeValue value) {
        dynamo.client()
                .updateItem(update -> update.tableName(TABLES.usage())
                        .key(Map.of(
                                "keyId", AttributeValue.fromS("model#" + alias),
                                "entry", AttributeValue.fromS("activity#" + DAY)))
                        .updateExpression("SET #sum = :value")
                        .expressionAttributeNames(Map.of("#sum", sum))
                        .expressionAttributeValues(Map.of(":value", value)));
    }

    @Test
    void aTableThatDoesNotAnswerIsNobodysTrouble() {
        FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
        faulty.plan(request -> Disturbance.throttled());
        DynamoActivity throttled = new DynamoActivity(faulty.client(), TABLES.usage());

        assertThat(throttled.add("m", NOON, new ActivitySums(1, 1, Map.of()))).isFalse();
        assertThat(throttled.read("m", DAY, DAY)).isEmpty();
    }
}
