package network.cortensor.portal.operator.doctor;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.AwsWords;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.SignedCall;
import network.cortensor.portal.operator.status.FleetView;
import network.cortensor.portal.ssm.SsmRouterKeys;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** Which version of each function is in service, and whether each router of the catalog has a credential. */
final class DeploymentChecks {
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

    void run(Consumer<CheckResult> found) {
        credentials().forEach(found);
        for (String output : new TreeSet<>(FUNCTIONS.keySet())) {
            found.accept(function(output, "function " + FUNCTIONS.getOrDefault(output, output)));
        }
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
                    "not known: " + AwsWords.of(e),
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
        if (access.isLocal()) {
            return CheckResult.skipped(what, "the local product runs it itself");
        }
        try {
            String arn = access.output(output);
            URI lambda = access.endpoints()
                    .lambda()
                    .orElseGet(() ->
                            SignedCall.endpointOf("lambda", access.account().region()));
            return new DeployedFunction(access.account(), lambda, what, arn).check();
        } catch (CommandStopped stopped) {
            return CheckResult.bad(what, stopped.lines().getFirst(), "deploy the environment: the stack writes it");
        } catch (SdkException e) {
            return CheckResult.warning(
                    what,
                    "not known: " + AwsWords.of(e),
                    "check that this role may read /portal/" + access.environment() + "/*");
        }
    }
}
