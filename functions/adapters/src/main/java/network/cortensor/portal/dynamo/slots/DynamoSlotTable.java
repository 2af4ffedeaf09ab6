package network.cortensor.portal.dynamo.slots;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.SlotsThrottled;
import network.cortensor.portal.slots.SlotsUnavailable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The table SessionSlots. The items' form is in {@link SlotItem}; how long a call may take, and how often it is sent, is the client's
 * configuration.
 *
 * <p>A read costs one strongly consistent query of a router's few items, a write one unit.
 */
public final class DynamoSlotTable implements SlotTable {
    private final DynamoDbClient client;
    private final String table;
    private final ProblemReports reports;
    private final InstantSource clock;

    /**
     * A table whose bad items are not reported.
     *
     * @param table the name of SessionSlots in this deployment
     */
    public DynamoSlotTable(DynamoDbClient client, String table) {
        this(client, table, problems -> {}, InstantSource.system());
    }

    /**
     * @param table the name of SessionSlots in this deployment
     * @param reports is told of items that no program wrote so, each time that they are read
     */
    public DynamoSlotTable(DynamoDbClient client, String table, ProblemReports reports, InstantSource clock) {
        this.client = client;
        this.table = table;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public List<Lease> rows(String router) throws SlotsUnavailable {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("#router = :router")
                .expressionAttributeNames(Map.of("#router", SlotItem.ROUTER))
                .expressionAttributeValues(Map.of(":router", SlotItem.text(router)))
                .build();
        try {
            List<Lease> rows = client.queryPaginator(query).items().stream()
                    .map(SlotItem::lease)
                    .toList();
            report(rows);
            return rows;
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private void report(List<Lease> rows) {
        Instant now = clock.instant();
        List<Problem> problems =
                rows.stream().flatMap(row -> SlotProblems.of(row, now).stream()).toList();
        if (!problems.isEmpty()) {
            reports.report(problems);
        }
    }

    @Override
    public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
        PutItemRequest put = PutItemRequest.builder()
                .tableName(table)
                .item(SlotItem.of(lease))
                .conditionExpression("attribute_not_exists(#slot) OR #expiresAt < :expiredBefore")
                .expressionAttributeNames(Map.of("#slot", SlotItem.SLOT, "#expiresAt", SlotItem.EXPIRES_AT))
                .expressionAttributeValues(Map.of(":expiredBefore", SlotItem.seconds(expiredBefore)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        try {
            client.putItem(put);
            return Optional.empty();
        } catch (ConditionalCheckFailedException e) {
            return Optional.of(e.hasItem() ? SlotItem.lease(e.item()) : SlotItem.unreadable(lease));
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void delete(Lease lease) throws SlotsUnavailable {
        DeleteItemRequest delete = DeleteItemRequest.builder()
                .tableName(table)
                .key(SlotItem.key(lease))
                .conditionExpression("#owner = :owner")
                .expressionAttributeNames(Map.of("#owner", SlotItem.OWNER))
                .expressionAttributeValues(Map.of(":owner", SlotItem.text(lease.owner())))
                .build();
        try {
            client.deleteItem(delete);
        } catch (ConditionalCheckFailedException e) {
            // Already gone, or someone else's by now: either way it is not ours any more.
            return;
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private static SlotsUnavailable unavailable(SdkException e) {
        return e instanceof SdkServiceException answer && answer.isThrottlingException()
                ? new SlotsThrottled(e)
                : new SlotsUnavailable(e);
    }
}
