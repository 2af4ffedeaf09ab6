package network.cortensor.portal.operator.frame;

import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Whose AWS it is, and where. */
public record Account(String region, AwsCredentialsProvider credentials) {
    private static final String ANY_REGION = "us-east-1";

    /** The local product looks at no credentials, so it is shown none. */
    static Account local(Optional<String> region) {
        return new Account(
                region.orElse(ANY_REGION),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    /**
     * Credentials and region as every AWS tool finds them: variables, profiles, single sign-on, the machine's role.
     *
     * @throws CommandStopped if no region is known
     */
    static Account of(Optional<String> profile, Optional<String> region) throws CommandStopped {
        var credentials = DefaultCredentialsProvider.builder();
        profile.ifPresent(credentials::profileName);
        return new Account(region.isPresent() ? region.get() : usualRegion(profile), credentials.build());
    }

    private static String usualRegion(Optional<String> profile) throws CommandStopped {
        var chain = DefaultAwsRegionProviderChain.builder();
        profile.ifPresent(chain::profileName);
        try {
            Region found = chain.build().getRegion();
            return found.id();
        } catch (SdkClientException e) {
            throw new CommandStopped(
                    ExitCode.USAGE, "region: unknown (expected: --region, AWS_REGION, or one in the AWS profile)");
        }
    }
}
