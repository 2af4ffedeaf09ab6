package network.cortensor.portal.infra;

import java.nio.file.Path;
import java.util.Optional;
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
            Environment environment = asked(Optional.ofNullable(app.getNode().tryGetContext("environment")));
            Deployment.of(app, environment, new Packages(Path.of("..")));
            app.synth();
        } catch (BadDeployment bad) {
            System.err.println(bad.getMessage());
            System.exit(1);
        }
    }

    /** @param name as the command line gave it, if it did */
    static Environment asked(Optional<Object> name) {
        return name.map(Object::toString)
                .map(Environments::named)
                .orElseThrow(() -> new BadDeployment(
                        "environment: not given (expected: -c environment= and one of " + Environments.names() + ")"));
    }
}
