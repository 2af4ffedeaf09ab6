package network.cortensor.portal.infra;

import java.nio.file.Path;
import network.cortensor.portal.infra.environment.BadDeployment;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.environment.Environments;
import network.cortensor.portal.infra.functions.Packages;
import software.amazon.awscdk.App;

/** Writes the templates of the environment that {@code -c environment=} names. The CDK command line starts it in this module's folder. */
public final class SynthMain {
    private SynthMain() {}

    public static void main(String[] args) {
        try {
            App app = new App();
            Deployment.of(app, asked(app), new Packages(Path.of("..")));
            app.synth();
        } catch (BadDeployment bad) {
            System.err.println(bad.getMessage());
            System.exit(1);
        }
    }

    private static Environment asked(App app) {
        if (app.getNode().tryGetContext("environment") instanceof String name) {
            return Environments.named(name);
        }
        throw new BadDeployment(
                "environment: not given (expected: -c environment= and one of " + Environments.names() + ")");
    }
}
