package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Optional;
import network.cortensor.portal.infra.environment.BadDeployment;
import network.cortensor.portal.infra.environment.Environments;
import network.cortensor.portal.infra.functions.Packages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;

class SynthMainTest {
    @TempDir
    private Path nothingBuilt;

    @Test
    void aMissingEnvironmentIsOneClearLine() {
        assertThatExceptionOfType(BadDeployment.class)
                .isThrownBy(() -> SynthMain.asked(Optional.empty()))
                .withMessage("environment: not given (expected: -c environment= and one of dev, staging, prod)");
    }

    @Test
    void aPackageThatWasNotBuiltIsOneClearLine() {
        App app = new App();

        assertThatExceptionOfType(BadDeployment.class)
                .isThrownBy(() -> Deployment.of(app, Environments.dev(), new Packages(nothingBuilt)))
                .withMessage("functions/inference-api/target/inference-api.zip: not there"
                        + " (expected: mvn verify in the project's folder first)");
    }
}
