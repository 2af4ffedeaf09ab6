package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.infra.environment.BadDeployment;
import network.cortensor.portal.infra.environment.Environments;
import network.cortensor.portal.infra.functions.Packages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;

/** Runs the program as the CDK command line does: in a process of its own, in this module's folder. */
class SynthMainTest {
    @TempDir
    private Path templates;

    @Test
    void anotherProcessMakesTheSameTemplates() throws IOException, InterruptedException {
        Synthesized here = Synthesized.of(Environments.dev());

        Run run = synth(Synthesized.standIns(), context("\"environment\":\"dev\""));

        assertThat(run.exit()).as(run.said()).isZero();
        for (Template template : List.of(here.data(), here.portal())) {
            Path there = templates.resolve(template.stack() + ".template.json");
            assertThat(Project.text(there)).isEqualTo(template.text());
        }
    }

    @Test
    void aMissingEnvironmentIsOneClearLine() {
        assertThatExceptionOfType(BadDeployment.class)
                .isThrownBy(() -> SynthMain.asked(Optional.empty()))
                .withMessage("environment: not given (expected: -c environment= and one of dev, staging, prod)");
    }

    @Test
    void aWrongEnvironmentIsOneClearLine() throws IOException, InterruptedException {
        Run run = synth(Synthesized.standIns(), "{\"environment\":\"production\"}");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said()).isEqualTo("environment: production (expected: dev, staging, prod)\n");
    }

    @Test
    void aPackageThatWasNotBuiltIsOneClearLine() {
        App app = new App();

        assertThatExceptionOfType(BadDeployment.class)
                .isThrownBy(() -> Deployment.of(app, Environments.dev(), new Packages(templates)))
                .withMessage("functions/inference-api/target/inference-api.zip: not there"
                        + " (expected: mvn verify in the project's folder first)");
    }

    private record Run(int exit, String said) {}

    private Run synth(Path root, String context) throws IOException, InterruptedException {
        Path module = Files.createDirectories(root.resolve("infra-cdk"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SynthMain.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(module.toFile()).redirectErrorStream(true);
        builder.environment().put("CDK_CONTEXT_JSON", context);
        builder.environment().put("CDK_OUTDIR", templates.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), said);
    }

    /** What the command line hands over: cdk.json's settings and those of {@code -c}. */
    private static String context(String more) {
        String settings = Project.json(Project.ROOT.resolve("infra-cdk/cdk.json"))
                .path("context")
                .toString();
        return "{" + more + "," + settings.substring(1);
    }
}
