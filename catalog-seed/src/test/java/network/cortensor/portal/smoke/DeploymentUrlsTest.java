package network.cortensor.portal.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentUrlsTest {
    @TempDir
    private Path folder;

    @Test
    void theyAreReadFromWhatTheDeploymentLeaves() throws IOException {
        Path outputs = written("""
            {"PortalData-dev":{"ModelsTable":"PortalData-dev-Models"},
             "Portal-dev":{"ApiUrl":"https://a.example.net/portal/v1","StreamingUrl":"https://b.example.net/v1"}}\
            """);

        assertThat(DeploymentUrls.read(outputs))
                .isEqualTo(new DeploymentUrls(
                        URI.create("https://a.example.net/portal/v1"),
                        Optional.of(URI.create("https://b.example.net/v1"))));
    }

    @Test
    void aFileThatLacksThemIsNamed() throws IOException {
        Path outputs = written("{\"PortalData-dev\":{\"ModelsTable\":\"m\"}}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeploymentUrls.read(outputs))
                .withMessage(outputs + ": no stack with ApiUrl and StreamingUrl (expected: the outputs of Portal-*)");
    }

    @Test
    void aFileThatIsNoJsonIsNamed() throws IOException {
        Path outputs = written("Outputs:");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeploymentUrls.read(outputs))
                .withMessageStartingWith(outputs + ": cannot be read as JSON");
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("outputs.json"), text);
    }
}
