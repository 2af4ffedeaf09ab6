package network.cortensor.portal.infra;

import java.util.Map;
import java.util.TreeMap;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.functions.Means;
import network.cortensor.portal.infra.functions.Packages;
import software.constructs.Construct;

/**
 * One environment: a stack that remembers and a stack that runs. Ids of stacks and constructs are what CloudFormation knows resources by;
 * to change one of a table is to lose sight of its data, and a test holds them.
 */
public record Deployment(DataStack data, PortalStack portal) {
    public static Deployment of(Construct app, Environment environment, Packages packages) {
        DataStack data = new DataStack(app, "PortalData-" + environment.name(), environment);
        Means means = new Means(environment, data.tables(), packages);
        return new Deployment(data, new PortalStack(app, "Portal-" + environment.name(), means));
    }

    /** What the bill is told apart by. */
    static Map<String, String> tags(Environment environment) {
        return new TreeMap<>(Map.of("product", "cortensor-portal", "environment", environment.name()));
    }
}
