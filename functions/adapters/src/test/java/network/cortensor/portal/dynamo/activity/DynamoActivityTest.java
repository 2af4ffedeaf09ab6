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

    @Test
    void aTableThatDoesNotAnswerIsNobodysTrouble() {
        FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
        faulty.plan(request -> Disturbance.throttled());
        DynamoActivity throttled = new DynamoActivity(faulty.client(), TABLES.usage());

        assertThat(throttled.add("m", NOON, new ActivitySums(1, 1, Map.of()))).isFalse();
        assertThat(throttled.read("m", DAY, DAY)).isEmpty();
    }
}
