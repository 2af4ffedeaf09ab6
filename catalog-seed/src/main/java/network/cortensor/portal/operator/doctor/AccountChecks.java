package network.cortensor.portal.operator.doctor;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.SignedCall;
import software.amazon.awssdk.core.exception.SdkException;

/** Whose credentials these are, and whether the environment is in their account and region. */
final class AccountChecks {
    private static final String LOCAL = "local";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern ARN = Pattern.compile("<Arn>([^<]{1,200})</Arn>");

    private final Access access;
    private final String environment;

    AccountChecks(Access access, String environment) {
        this.access = access;
        this.environment = environment;
    }

    List<CheckResult> findings() {
        return List.of(credentials(), parameters());
    }

    private CheckResult credentials() {
        if (environment.equals(LOCAL)) {
            return CheckResult.skipped("credentials", "the local product looks at none");
        }
        try {
            access.account().credentials().resolveCredentials();
        } catch (SdkException e) {
            return CheckResult.bad(
                    "credentials",
                    "none found",
                    "set AWS_PROFILE or --profile, or sign in (aws sso login), as for every AWS tool");
        }
        return access.endpoints().dynamo().isPresent()
                ? CheckResult.skipped(
                        "credentials", "found; not asked whose they are, because another address than AWS's is given")
                : whose();
    }

    private CheckResult whose() {
        URI sts = SignedCall.endpointOf("sts", access.account().region());
        try {
            SignedCall.Answer answer = new SignedCall(access.account(), "sts", PATIENCE)
                    .post(
                            sts,
                            Map.of("Content-Type", "application/x-www-form-urlencoded"),
                            "Action=GetCallerIdentity&Version=2011-06-15");
            Matcher arn = ARN.matcher(answer.body());
            return answer.status() == 200 && arn.find()
                    ? CheckResult.ok("credentials", arn.group(1))
                    : CheckResult.bad(
                            "credentials",
                            "AWS does not take them (" + answer.status() + ")",
                            "renew them: they may have expired (aws sso login), or this machine's clock is wrong");
        } catch (IOException e) {
            return CheckResult.bad("credentials", "AWS cannot be reached", "look at this machine's network and proxy");
        }
    }

    private CheckResult parameters() {
        try {
            access.tables();
            return CheckResult.ok("parameters", "the tables' names are known");
        } catch (CommandStopped stopped) {
            return CheckResult.bad(
                    "parameters",
                    stopped.lines().getFirst(),
                    "check --environment, account and region; if they are right, deploy the environment");
        } catch (SdkException e) {
            return CheckResult.bad(
                    "parameters", first(e), "check that this role may read /portal/" + environment + "/*");
        }
    }

    /** The first line of what AWS says. */
    static String first(SdkException exception) {
        return Optional.ofNullable(exception.getMessage())
                .flatMap(message -> message.lines().findFirst())
                .orElse("no reason given");
    }
}
