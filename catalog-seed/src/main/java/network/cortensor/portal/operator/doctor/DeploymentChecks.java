package network.cortensor.portal.operator.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.SignedCall;
import network.cortensor.portal.operator.status.FleetView;
import network.cortensor.portal.ssm.SsmRouterKeys;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** Which version of each function is in service, and whether each router of the catalog has a credential. */
final class DeploymentChecks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The stack's outputs that name functions, with what they are. */
    private static final Map<String, String> FUNCTIONS = Map.of(
            "InferenceFunction",
            "inference-api",
            "ProberFunction",
            "health-prober",
            "HistoryFunction",
            "catalog-history");

    private final Access access;
    private final InstantSource clock;

    DeploymentChecks(Access access, InstantSource clock) {
        this.access = access;
        this.clock = clock;
    }

    List<CheckResult> findings() {
        List<CheckResult> findings = new ArrayList<>(credentials());
        for (String output : new TreeSet<>(FUNCTIONS.keySet())) {
            findings.add(function(output, "function " + FUNCTIONS.getOrDefault(output, output)));
        }
        return findings;
    }

    private List<CheckResult> credentials() {
        try {
            List<String> missing = new ArrayList<>();
            TreeSet<String> routers = new TreeSet<>();
            FleetView.read(access, clock)
                    .catalog()
                    .targets()
                    .values()
                    .forEach(target -> routers.add(SsmRouterKeys.router(target.routerUrl())));
            for (String router : routers) {
                if (!there(SsmRouterKeys.parameter(access.environment(), router))) {
                    missing.add(router);
                }
            }
            if (routers.isEmpty()) {
                return List.of(CheckResult.skipped("routers' credentials", "the catalog has no target"));
            }
            return List.of(
                    missing.isEmpty()
                            ? CheckResult.ok("routers' credentials", "there for all " + routers.size() + " routers")
                            : CheckResult.bad(
                                    "routers' credentials",
                                    "missing for " + String.join(", ", missing),
                                    "portalctl credential put HOST for each; the text none for a router that wants"
                                            + " none"));
        } catch (CommandStopped stopped) {
            return List.of(
                    CheckResult.skipped("routers' credentials", stopped.lines().getFirst()));
        } catch (SdkException e) {
            return List.of(CheckResult.warning(
                    "routers' credentials",
                    "not known: " + AccountChecks.first(e),
                    "check that this role may read /portal/" + access.environment() + "/routers/*"));
        }
    }

    /** Its value is not decrypted: nobody here needs it. */
    private boolean there(String parameter) {
        try {
            access.ssm().getParameter(get -> get.name(parameter).withDecryption(false));
            return true;
        } catch (ParameterNotFoundException e) {
            return false;
        }
    }

    private CheckResult function(String output, String what) {
        try {
            String arn = access.output(output);
            if (access.endpoints().lambda().isPresent()) {
                return CheckResult.skipped(what, "not asked for, because another address than AWS's is given");
            }
            URI uri =
                    URI.create(SignedCall.endpointOf("lambda", access.account().region()) + "/2015-03-31/functions/"
                            + URLEncoder.encode(arn, StandardCharsets.UTF_8) + "/configuration");
            SignedCall.Answer answer = new SignedCall(access.account(), "lambda", PATIENCE).get(uri);
            return answer.status() == 200
                    ? version(what, JSON.readTree(answer.body()))
                    : CheckResult.bad(what, "Lambda answered " + answer.status(), "check this role, or deploy again");
        } catch (CommandStopped stopped) {
            return CheckResult.skipped(what, stopped.lines().getFirst());
        } catch (SdkException e) {
            return CheckResult.skipped(what, AccountChecks.first(e));
        } catch (JsonProcessingException e) {
            return CheckResult.warning(what, "Lambda's answer is no JSON", "try again");
        } catch (IOException e) {
            return CheckResult.warning(what, "Lambda cannot be reached", "look at this machine's network and proxy");
        }
    }

    private static CheckResult version(String what, JsonNode configuration) {
        String said = "version " + configuration.path("Version").asText("?") + " of "
                + configuration.path("LastModified").asText("?") + ", "
                + configuration.path("Runtime").asText("?");
        String state = configuration.path("State").asText("Active");
        return state.equals("Active")
                ? CheckResult.ok(what, said)
                : CheckResult.bad(
                        what,
                        said + ", " + state + ": "
                                + configuration.path("StateReason").asText("no reason given"),
                        "call it once, or deploy again");
    }
}
