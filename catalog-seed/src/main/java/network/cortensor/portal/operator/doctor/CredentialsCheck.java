package network.cortensor.portal.operator.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.operator.frame.Account;
import network.cortensor.portal.operator.frame.SignedCall;

/**
 * Whose credentials these are, as AWS's Security Token Service says.
 *
 * @param sts its address
 */
record CredentialsCheck(Account account, URI sts, InstantSource clock) {
    private static final String WHAT = "credentials";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern ARN = Pattern.compile("<Arn>([^<]{1,200})</Arn>");
    private static final Pattern CODE = Pattern.compile("<Code>([^<]{1,100})</Code>");

    /** @throws ChecksEnded if AWS does not take the credentials */
    CheckResult check() throws ChecksEnded {
        try {
            SignedCall.Answer answer = new SignedCall(account, "sts", PATIENCE)
                    .post(
                            sts,
                            Map.of("Content-Type", "application/x-www-form-urlencoded"),
                            "Action=GetCallerIdentity&Version=2011-06-15");
            Matcher arn = ARN.matcher(answer.body());
            if (answer.status() == 200 && arn.find()) {
                return CheckResult.ok(WHAT, arn.group(1));
            }
            throw new ChecksEnded(refused(answer));
        } catch (UnknownHostException e) {
            return CheckResult.warning(
                    WHAT,
                    "no address is known of " + sts.getHost(),
                    "check the region \"" + account.region() + "\", and this machine's network and proxy");
        } catch (IOException e) {
            return CheckResult.warning(
                    WHAT, sts.getHost() + " cannot be reached", "look at this machine's network and proxy");
        }
    }

    /** AWS refuses every signature of a clock that is wrong by 5 minutes, so the clock is looked at first. */
    private CheckResult refused(SignedCall.Answer answer) {
        Optional<CheckResult> clockIsWrong = answer.header("Date")
                .flatMap(AwsClock::time)
                .map(time -> AwsClock.check(time, now()))
                .filter(finding -> finding.grade() == CheckResult.Grade.BAD);
        if (clockIsWrong.isPresent()) {
            return clockIsWrong.get();
        }
        Matcher said = CODE.matcher(answer.body());
        String code = said.find() ? said.group(1) : Integer.toString(answer.status());
        return CheckResult.bad(
                WHAT,
                "AWS does not take them: " + code,
                switch (code) {
                    case "ExpiredToken", "ExpiredTokenException" ->
                        "they have expired: sign in again (aws sso login), or renew AWS_SESSION_TOKEN";
                    case "InvalidClientTokenId" ->
                        "AWS does not know the key: check AWS_PROFILE or AWS_ACCESS_KEY_ID, and that the account has switched on the"
                                + " region " + account.region();
                    case "SignatureDoesNotMatch" ->
                        "the secret is not that of the key: check AWS_SECRET_ACCESS_KEY, or the profile";
                    default -> "renew them (aws sso login)";
                });
    }

    private Instant now() {
        return clock.instant();
    }
}
