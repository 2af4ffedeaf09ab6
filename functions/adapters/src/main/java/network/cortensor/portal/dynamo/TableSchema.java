package network.cortensor.portal.dynamo;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * The product's tables with their keys, streams and TTL, as the stack makes them. The local product and the tests create tables by it;
 * in AWS only the stack does.
 */
public record TableSchema(TableNames names) {

    /**
     * Creates all tables; the catalog's have streams of old and new images, those of slots and usage a TTL. That of health has one in AWS only: it is a
     * month, which no table lives to see that is made here.
     */
    public void create(DynamoDbClient client) {
        client.createTable(withStream(names.models(), "alias"));
        client.createTable(withStream(names.pools(), "pool"));
        client.createTable(withStream(names.targets(), "pool", "target"));
        client.createTable(table(names.targetHealth(), "pool", "target").build());
        client.createTable(table(names.sessionSlots(), "router", "slot").build());
        client.createTable(table(names.catalogHistory(), "item", "sequence").build());
        client.createTable(table(names.apiKeys(), "keyHash").build());
        client.createTable(table(names.usage(), "keyId", "entry").build());
        for (String expiring : List.of(names.sessionSlots(), names.usage())) {
            client.updateTimeToLive(update -> update.tableName(expiring)
                    .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expiresAt")));
        }
    }

    /** Deletes all of them with what is in them. */
    public void delete(DynamoDbClient client) {
        names.all().forEach(table -> client.deleteTable(delete -> delete.tableName(table)));
    }

    private static CreateTableRequest withStream(String name, String... keys) {
        return table(name, keys)
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                .build();
    }

    /** @param keys the partition's, and perhaps the sort key's name; all are strings */
    private static CreateTableRequest.Builder table(String name, String... keys) {
        List<KeySchemaElement> schema = new ArrayList<>();
        List<AttributeDefinition> attributes = new ArrayList<>();
        for (String key : keys) {
            KeyType type = schema.isEmpty() ? KeyType.HASH : KeyType.RANGE;
            schema.add(
                    KeySchemaElement.builder().attributeName(key).keyType(type).build());
            attributes.add(AttributeDefinition.builder()
                    .attributeName(key)
                    .attributeType(ScalarAttributeType.S)
                    .build());
        }
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(schema)
                .attributeDefinitions(attributes);
    }
}
