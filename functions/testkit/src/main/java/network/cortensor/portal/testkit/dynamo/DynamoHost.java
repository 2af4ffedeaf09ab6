package network.cortensor.portal.testkit.dynamo;

import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A DynamoDB that has the product's tables, and that tests may do anything to. Closing it deletes them. */
public interface DynamoHost extends AutoCloseable {
    DynamoDbClient client();

    /** Where the AWS command line and SDKs reach it. */
    URI url();

    @Override
    void close();
}
