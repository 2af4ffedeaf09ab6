package network.cortensor.portal.testkit.dynamo;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A DynamoDB that has the product's tables, and that tests may do anything to. Closing it deletes them. */
public interface DynamoHost extends AutoCloseable {
    DynamoDbClient client();

    @Override
    void close();
}
