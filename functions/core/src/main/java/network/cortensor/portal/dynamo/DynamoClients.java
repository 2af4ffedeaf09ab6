package network.cortensor.portal.dynamo;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Clients of DynamoDB with the bounds that their users can bear. */
public final class DynamoClients {
    private static final int TRIES = 3;

    /**
     * The AWS SDK's own bound of 50 would let 64 requests of one process wait for each other's connections, and time out there. Each request
     * makes a handful of calls side by side at most; connections are opened as they are needed and closed when idle.
     */
    private static final int CONNECTIONS = 512;

    /** A request waits for it: 1 s per try, 3 s in all. */
    private static final Patience REQUEST = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(3));

    /** A person waits for it, perhaps on a train: 10 s per try, 30 s in all. */
    private static final Patience PERSON = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30));

    private DynamoClients() {}

    private record Patience(Duration once, Duration all) {}

    /**
     * For functions: 1 s per try, 3 s in all.
     *
     * @param endpoint of another DynamoDB than the region's own
     */
    public static DynamoDbClient open(String region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
        return open(region, credentials, endpoint, REQUEST);
    }

    /**
     * For people's tools: 10 s per try, 30 s in all.
     *
     * @param endpoint of another DynamoDB than the region's own
     */
    public static DynamoDbClient patient(String region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
        return open(region, credentials, endpoint, PERSON);
    }

    private static DynamoDbClient open(
            String region, AwsCredentialsProvider credentials, Optional<URI> endpoint, Patience patience) {
        var builder = DynamoDbClient.builder()
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(patience.once())
                        .socketTimeout(patience.once()))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(patience.once())
                        .apiCallTimeout(patience.all())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(TRIES)
                                .build()));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
