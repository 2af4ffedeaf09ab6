package network.cortensor.portal.ssm;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Clients of the Parameter Store with the bounds that requests can bear: 1 s per try, 3 s in all. */
public final class SsmClients {
    private static final Duration TRY = Duration.ofSeconds(1);
    private static final Duration ALL = Duration.ofSeconds(3);
    private static final int TRIES = 3;

    private SsmClients() {}

    /** @param endpoint of another Parameter Store than the region's own */
    public static SsmClient open(String region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
        var builder = SsmClient.builder()
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .httpClientBuilder(
                        Apache5HttpClient.builder().connectionTimeout(TRY).socketTimeout(TRY))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(TRY)
                        .apiCallTimeout(ALL)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(TRIES)
                                .build()));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
