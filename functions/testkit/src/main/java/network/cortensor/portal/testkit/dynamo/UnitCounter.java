package network.cortensor.portal.testkit.dynamo;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Counts what calls would cost, as DynamoDB itself reports it. A write whose condition fails is counted as one unit, which is what it
 * costs for items up to 1 KB; its error does not say. Safe for use by many threads.
 */
public final class UnitCounter {
    private final ClientProxy.Operation real;
    private final DynamoDbClient client = ClientProxy.of(DynamoDbClient.class, this::call);
    private final DoubleAdder read = new DoubleAdder();
    private final DoubleAdder written = new DoubleAdder();

    public UnitCounter(DynamoDbClient real) {
        this.real = ClientProxy.passOn(real);
    }

    /**
     * @param read read units; half a unit is one eventually consistent read of up to 4 KB
     * @param written write units
     */
    public record Units(double read, double written) {}

    /** The client to hand to the code under test. */
    public DynamoDbClient client() {
        return client;
    }

    /** All since the last {@link #reset}. */
    public Units units() {
        return new Units(read.sum(), written.sum());
    }

    public void reset() {
        read.reset();
        written.reset();
    }

    private Object call(Method method, SdkRequest request) throws Throwable {
        try {
            Object response = real.call(method, asking(request));
            adder(request).add(Math.max(least(request), consumed((SdkResponse) response)));
            return response;
        } catch (ConditionalCheckFailedException e) {
            written.add(1);
            throw e;
        }
    }

    private DoubleAdder adder(SdkRequest request) {
        return switch (request) {
            case GetItemRequest _, QueryRequest _, ScanRequest _, BatchGetItemRequest _, TransactGetItemsRequest _ ->
                read;
            default -> written;
        };
    }

    /** DynamoDB bills a page without any item like one with a small one; DynamoDB Local says that it was free. */
    private static double least(SdkRequest request) {
        return switch (request) {
            case QueryRequest query -> Boolean.TRUE.equals(query.consistentRead()) ? 1 : 0.5;
            case ScanRequest scan -> Boolean.TRUE.equals(scan.consistentRead()) ? 1 : 0.5;
            default -> 0;
        };
    }

    private static SdkRequest asking(SdkRequest request) {
        ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
        return switch (request) {
            case GetItemRequest get ->
                get.toBuilder().returnConsumedCapacity(total).build();
            case QueryRequest query ->
                query.toBuilder().returnConsumedCapacity(total).build();
            case ScanRequest scan ->
                scan.toBuilder().returnConsumedCapacity(total).build();
            case BatchGetItemRequest get ->
                get.toBuilder().returnConsumedCapacity(total).build();
            case TransactGetItemsRequest get ->
                get.toBuilder().returnConsumedCapacity(total).build();
            case PutItemRequest put ->
                put.toBuilder().returnConsumedCapacity(total).build();
            case UpdateItemRequest update ->
                update.toBuilder().returnConsumedCapacity(total).build();
            case DeleteItemRequest delete ->
                delete.toBuilder().returnConsumedCapacity(total).build();
            case BatchWriteItemRequest write ->
                write.toBuilder().returnConsumedCapacity(total).build();
            case TransactWriteItemsRequest write ->
                write.toBuilder().returnConsumedCapacity(total).build();
            default -> request;
        };
    }

    /** Single calls report one consumption, batches a list. */
    private static double consumed(SdkResponse response) {
        Object reported =
                response.getValueForField("ConsumedCapacity", Object.class).orElse(List.of());
        List<?> parts = reported instanceof List<?> list ? list : List.of(reported);
        return parts.stream()
                .mapToDouble(part -> ((ConsumedCapacity) part).capacityUnits())
                .sum();
    }
}
