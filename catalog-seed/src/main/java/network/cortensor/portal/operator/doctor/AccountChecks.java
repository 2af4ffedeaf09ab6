package network.cortensor.portal.operator.doctor;

import java.time.InstantSource;
import java.util.function.Consumer;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.AwsWords;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.SignedCall;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Whether there are credentials, whose they are, and whether the environment is in their account and region. */
final class AccountChecks {
    private final Access access;
    private final InstantSource clock;

    AccountChecks(Access access, InstantSource clock) {
        this.access = access;
        this.clock = clock;
    }

    void run(Consumer<CheckResult> found) throws ChecksEnded {
        found.accept(credentials());
        found.accept(parameters());
    }

    private CheckResult credentials() throws ChecksEnded {
        if (access.isLocal()) {
            return CheckResult.skipped("credentials", "the local product looks at none");
        }
        try {
            access.account().credentials().resolveCredentials();
        } catch (SdkException e) {
            throw new ChecksEnded(CheckResult.bad(
                    "credentials",
                    AwsWords.saysNoCredentials(e) ? "none found" : AwsWords.of(e),
                    "set AWS_PROFILE or --profile, or sign in (aws sso login), as for every AWS tool"));
        }
        return access.endpoints().dynamo().isPresent()
                ? CheckResult.skipped(
                        "credentials", "found; not asked whose they are, because another address than AWS's is given")
                : new CredentialsCheck(
                                access.account(),
                                SignedCall.endpointOf("sts", access.account().region()),
                                clock)
                        .check();
    }

    private CheckResult parameters() throws ChecksEnded {
        try {
            access.tables();
            return CheckResult.ok("parameters", "the tables' names are known");
        } catch (CommandStopped stopped) {
            return CheckResult.bad(
                    "parameters",
                    stopped.lines().getFirst(),
                    "check --environment, account and region; if they are right, deploy the environment");
        } catch (SdkClientException e) {
            throw ChecksEnded.at("parameters", access, e);
        } catch (SdkException e) {
            return CheckResult.bad(
                    "parameters",
                    AwsWords.of(e),
                    "check that this role may read /portal/" + access.environment() + "/*");
        }
    }
}
