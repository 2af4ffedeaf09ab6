package network.cortensor.portal.infra.functions;

import java.nio.file.Files;
import java.nio.file.Path;
import network.cortensor.portal.infra.environment.BadDeployment;
import software.amazon.awscdk.services.lambda.Code;

/** Where built packages are. */
public record Packages(Path root) {
    /** @throws BadDeployment if the package was not built */
    Code code(FunctionPackage name) {
        Path file = root.resolve(name.path()).toAbsolutePath().normalize();
        if (!Files.isRegularFile(file)) {
            throw new BadDeployment(name.path() + ": not there (expected: mvn verify in the project's folder first)");
        }
        return Code.fromAsset(file.toString());
    }
}
