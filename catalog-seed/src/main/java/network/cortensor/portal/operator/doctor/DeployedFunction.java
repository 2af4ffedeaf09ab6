package network.cortensor.portal.operator.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import network.cortensor.portal.operator.frame.Account;
import network.cortensor.portal.operator.frame.SignedCall;

/**
 * A function as it is deployed.
 *
 * @param lambda the address of Lambda's API
 * @param what the function is called here
 * @param arn its own, or that of an alias of it
 */
record DeployedFunction(Account account, URI lambda, String what, String arn) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** {@code arn:aws:lambda:REGION:ACCOUNT:function:NAME}; an alias stands behind that. */
    private static final int PARTS_WITHOUT_ALIAS = 7;

    CheckResult check() {
        try {
            SignedCall.Answer served = configuration(arn);
            return switch (served.status()) {
                case 200 -> judged(JSON.readTree(served.body()));
                case 403 ->
                    CheckResult.warning(
                            what,
                            "not known: Lambda answered 403",
                            "check that this role may lambda:GetFunctionConfiguration");
                case 404 -> CheckResult.bad(what, "not there: " + arn, "deploy the environment again");
                default -> CheckResult.warning(what, "not known: Lambda answered " + served.status(), "try again");
            };
        } catch (JsonProcessingException e) {
            return CheckResult.warning(what, "Lambda's answer is no JSON", "try again");
        } catch (IOException e) {
            return CheckResult.warning(what, "Lambda cannot be reached", "look at this machine's network and proxy");
        }
    }

    private SignedCall.Answer configuration(String of) throws IOException {
        return new SignedCall(account, "lambda", PATIENCE)
                .get(lambda.resolve(
                        "/2015-03-31/functions/" + URLEncoder.encode(of, StandardCharsets.UTF_8) + "/configuration"));
    }

    private CheckResult judged(JsonNode served) throws IOException {
        String said = "version " + served.path("Version").asText("?") + " of "
                + served.path("LastModified").asText("?") + ", "
                + served.path("Runtime").asText("?");
        String state = served.path("State").asText("Active");
        return switch (state) {
            case "Active" ->
                isOld(served)
                        ? CheckResult.warning(
                                what,
                                said + "; newer code is there and serves nobody",
                                "wait if a release runs; if it went back, see the runbook's chapter new version, and deploy"
                                        + " again")
                        : CheckResult.ok(what, said);
            case "Inactive" ->
                CheckResult.warning(
                        what, said + ", asleep because nobody has called it for weeks", "call it once: it wakes");
            default ->
                CheckResult.bad(
                        what,
                        said + ", " + state + ": " + served.path("StateReason").asText("no reason given"),
                        state.equals("Pending") ? "wait, and look again" : "deploy again");
        };
    }

    /** Whether the function's newest code is other than what its alias leads to. Who may not look finds nothing wrong. */
    private boolean isOld(JsonNode served) throws IOException {
        String[] parts = arn.split(":", -1);
        if (parts.length <= PARTS_WITHOUT_ALIAS) {
            return false;
        }
        SignedCall.Answer newest = configuration(arn.substring(0, arn.lastIndexOf(':')));
        return newest.status() == 200
                && !JSON.readTree(newest.body()).path("CodeSha256").equals(served.path("CodeSha256"));
    }
}
