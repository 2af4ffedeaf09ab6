package network.cortensor.portal.testkit.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.testkit.dynamo.UnitCounter.Units;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** {@link FaultyDynamoDb} and {@link UnitCounter} around a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisturbedClientTest {
    private final DynamoLocal dynamo = DynamoLocal.startWith(ExampleTables::create);
    private final FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());

    @BeforeEach
    void clean() {
        faulty.heal();
        dynamo.client()
                .deleteItem(delete -> delete.tableName(ExampleTables.POOLS).key(item()));
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    @Test
    void aCallThatFailsHasNotHappened() {
        faulty.plan(request -> Disturbance.unreachable());

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> put(faulty.client()));
        assertThat(isThere()).isFalse();
    }

    @Test
    void aThrottledCallIsTheSdksOwnException() {
        faulty.plan(request -> Disturbance.throttled());

        assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
                .isThrownBy(() -> put(faulty.client()))
                .matches(e -> e.statusCode() == 400);
    }

    @Test
    void aCallWhoseAnswerIsLostHasHappened() {
        faulty.plan(request -> Disturbance.answerLost());

        assertThatExceptionOfType(ApiCallTimeoutException.class).isThrownBy(() -> put(faulty.client()));
        assertThat(isThere()).isTrue();
    }

    @Test
    void aLateCallHappensWhenTheTestLetsIt() {
        List<Runnable> later = new ArrayList<>();
        faulty.plan(request -> Disturbance.late(later::add));
        assertThatExceptionOfType(ApiCallTimeoutException.class).isThrownBy(() -> put(faulty.client()));
        assertThat(isThere()).isFalse();

        later.forEach(Runnable::run);

        assertThat(isThere()).isTrue();
    }

    @Test
    void aCallThatWaitsHappensAfterwards() {
        List<Boolean> before = new ArrayList<>();
        faulty.plan(request -> new Disturbance.Waits(() -> before.add(isThere())));

        put(faulty.client());

        assertThat(before).containsExactly(false);
        assertThat(isThere()).isTrue();
    }

    @Test
    void aPlanMayTellRequestsApart() {
        faulty.plan(request -> request instanceof PutItemRequest ? Disturbance.NONE : Disturbance.throttled());

        put(faulty.client());

        assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
                .isThrownBy(() -> faulty.client().scan(scan -> scan.tableName(ExampleTables.POOLS)));
    }

    @Test
    void unitsAreCountedAsDynamoDbReportsThem() {
        UnitCounter counter = new UnitCounter(dynamo.client());

        put(counter.client());
        counter.client().getItem(get -> get.tableName(ExampleTables.POOLS).key(item()));
        counter.client()
                .getItem(get -> get.tableName(ExampleTables.POOLS).key(item()).consistentRead(true));

        assertThat(counter.units()).isEqualTo(new Units(1.5, 1));
    }

    @Test
    void batchesAndTransactionsAreCounted() {
        UnitCounter counter = new UnitCounter(dynamo.client());

        counter.client()
                .batchWriteItem(batch -> batch.requestItems(Map.of(
                        ExampleTables.POOLS,
                        List.of(WriteRequest.builder()
                                .putRequest(put -> put.item(item()))
                                .build()))));
        TransactWriteItem write = TransactWriteItem.builder()
                .put(put -> put.tableName(ExampleTables.POOLS).item(item()))
                .build();
        counter.client().transactWriteItems(transact -> transact.transactItems(List.of(write)));

        assertThat(counter.units()).isEqualTo(new Units(0, 3));
    }

    @Test
    void aWriteWhoseConditionFailsCostsAUnit() {
        put(dynamo.client());
        UnitCounter counter = new UnitCounter(dynamo.client());

        assertThatExceptionOfType(ConditionalCheckFailedException.class)
                .isThrownBy(() -> counter.client()
                        .putItem(put -> put.tableName(ExampleTables.POOLS)
                                .item(item())
                                .conditionExpression("attribute_not_exists(#pool)")
                                .expressionAttributeNames(Map.of("#pool", "pool"))));

        assertThat(counter.units()).isEqualTo(new Units(0, 1));
    }

    @Test
    void countingCanBeginAnew() {
        UnitCounter counter = new UnitCounter(dynamo.client());
        put(counter.client());

        counter.reset();

        assertThat(counter.units()).isEqualTo(new Units(0, 0));
    }

    private void put(DynamoDbClient client) {
        client.putItem(put -> put.tableName(ExampleTables.POOLS).item(item()));
    }

    private boolean isThere() {
        return dynamo.client()
                .getItem(get -> get.tableName(ExampleTables.POOLS).key(item()).consistentRead(true))
                .hasItem();
    }

    private static Map<String, AttributeValue> item() {
        return Map.of("pool", AttributeValue.fromS("oss-20b"));
    }
}
