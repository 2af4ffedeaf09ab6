package network.cortensor.portal.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Makes the clients of one region. Every client makes up to three tries.
 *
 * <p>The service is reached at its region's own address, or at the {@code endpoint} that a method is given.
 */
public final class AwsClients {
    private static final int TRIES = 3;

    /**
     * The AWS SDK's own bound of 50 would let 64 requests of one process wait for each other's connections, and time out there. Each request
     * makes a handful of calls side by side at most; connections are opened as they are needed and closed when idle.
     */
    private static final int CONNECTIONS = 512;

    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final Duration once;
    private final Duration all;

    private AwsClients(String region, AwsCredentialsProvider credentials, Duration once, Duration all) {
        this.region = Region.of(region);
        this.credentials = credentials;
        this.once = once;
        this.all = all;
    }

    /** For functions, where a request waits: 1 s per try, 3 s in all. */
    public static AwsClients forRequests(String region, AwsCredentialsProvider credentials) {
        return new AwsClients(region, credentials, Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    /** For tools, where a person waits, perhaps on a train: 10 s per try, 30 s in all. */
    public static AwsClients forPeople(String region, AwsCredentialsProvider credentials) {
        return new AwsClients(region, credentials, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    public DynamoDbClient dynamo(Optional<URI> endpoint) {
        return bounded(DynamoDbClient.builder(), endpoint).build();
    }

    public SsmClient ssm(Optional<URI> endpoint) {
        return bounded(SsmClient.builder(), endpoint).build();
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B bounded(
            B builder, Optional<URI> endpoint) {
        builder.region(region)
                .credentialsProvider(credentials)
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(once)
                        .socketTimeout(once))
                .overrideConfiguration(override -> override.scheduledExecutorService(CallTimer.SHARED)
                        .apiCallAttemptTimeout(once)
                        .apiCallTimeout(all)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(TRIES)
                                .build()));
        endpoint.ifPresent(builder::endpointOverride);
        return builder;
    }
}
