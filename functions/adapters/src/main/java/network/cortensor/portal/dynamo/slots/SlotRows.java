package network.cortensor.portal.dynamo.slots;

import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.slots.Lease;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Single items of SessionSlots, as operators see them, whatever stands in them. */
public final class SlotRows {
    private final DynamoDbClient client;
    private final String table;

    /** @param table the name of SessionSlots in this deployment */
    public SlotRows(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /** An item as it was read. */
    public static final class Row {
        private final Map<String, AttributeValue> item;

        private Row(Map<String, AttributeValue> item) {
            this.item = item;
        }

        /** What functions make of it. */
        public Lease lease() {
            return SlotItem.lease(item);
        }
    }

    /**
     * The item of a slot, read consistently.
     *
     * @param router host and port
     * @param slot as it stands in the table: {@code <session id>#<number>} where a function wrote it
     */
    public Optional<Row> find(String router, String slot) {
        Map<String, AttributeValue> item = client.getItem(get -> get.tableName(table)
                        .consistentRead(true)
                        .key(Map.of(SlotItem.ROUTER, SlotItem.text(router), SlotItem.SLOT, SlotItem.text(slot))))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(new Row(item));
    }

    /**
     * Deletes the item unless its owner is another by now. If it is gone already, it was deleted by somebody else, or by an earlier try of the client,
     * whose answer was lost.
     *
     * @return whether it is gone
     */
    public boolean delete(Row row) {
        DeleteItemRequest.Builder delete = DeleteItemRequest.builder()
                .tableName(table)
                .key(Map.of(SlotItem.ROUTER, row.item.get(SlotItem.ROUTER), SlotItem.SLOT, row.item.get(SlotItem.SLOT)))
                .conditionExpression("attribute_not_exists(#owner)")
                .expressionAttributeNames(Map.of("#owner", SlotItem.OWNER))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        Optional.ofNullable(row.item.get(SlotItem.OWNER))
                .ifPresent(owner -> delete.conditionExpression("#owner = :owner")
                        .expressionAttributeValues(Map.of(":owner", owner)));
        try {
            client.deleteItem(delete.build());
            return true;
        } catch (ConditionalCheckFailedException e) {
            return e.item().isEmpty();
        }
    }
}
