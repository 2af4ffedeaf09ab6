package network.cortensor.portal.emulated;

import java.net.URI;
import java.time.Duration;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The DynamoDB of {@link Emulators}. Its client waits far longer than the product's: an emulator may be slow. */
final class EmulatedDynamo implements DynamoHost {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DynamoDbClient client;
    private final TableNames tables;

    private EmulatedDynamo(DynamoDbClient client, TableNames tables) {
        this.client = client;
        this.tables = tables;
    }

    static EmulatedDynamo startWith(TableNames tables) {
        DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(Emulators.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(Emulators.credentials())
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(PATIENCE))
                .build();
        new TableSchema(tables).create(client);
        return new EmulatedDynamo(client, tables);
    }

    @Override
    public DynamoDbClient client() {
        return client;
    }

    @Override
    public URI url() {
        return Emulators.url();
    }

    @Override
    public void close() {
        new TableSchema(tables).delete(client);
        client.close();
    }
}
