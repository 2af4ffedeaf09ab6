package network.cortensor.portal.localstack;

import java.net.URI;
import java.time.Duration;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The DynamoDB of {@link LocalStack}. Its client waits far longer than the product's: a container may be slow. */
final class LocalStackDynamo implements DynamoHost {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DynamoDbClient client;
    private final TableNames tables;

    private LocalStackDynamo(DynamoDbClient client, TableNames tables) {
        this.client = client;
        this.tables = tables;
    }

    static LocalStackDynamo startWith(TableNames tables) {
        DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(LocalStack.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(LocalStack.credentials())
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(PATIENCE))
                .build();
        new TableSchema(tables).create(client);
        return new LocalStackDynamo(client, tables);
    }

    @Override
    public DynamoDbClient client() {
        return client;
    }

    @Override
    public URI url() {
        return LocalStack.url();
    }

    @Override
    public void close() {
        new TableSchema(tables).delete(client);
        client.close();
    }
}
