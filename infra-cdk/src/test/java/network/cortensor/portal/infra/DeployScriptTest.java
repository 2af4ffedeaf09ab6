package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/deploy} with stand-ins for all that it starts. */
class DeployScriptTest {
    private static final String ALIAS = "arn:aws:lambda:us-east-1:123456789012:function:Portal-dev-Inference:live";

    @TempDir
    private Path project;

    private Path bin = Path.of("bin");
    private Path calls = Path.of("calls");

    @BeforeEach
    void standIns() throws IOException {
        bin = Files.createDirectories(project.resolve("bin"));
        calls = project.resolve("calls.txt");
        Files.createDirectories(project.resolve(".ci"));
        Files.createDirectories(project.resolve("infra-cdk"));
        Files.copy(
                Project.ROOT.resolve(".ci/deploy"), project.resolve(".ci/deploy"), StandardCopyOption.COPY_ATTRIBUTES);
        program(bin.resolve("npx"), "exit \"${CDK_EXIT:-0}\"");
        program(project.resolve("infra-cdk/smoke-test"), "exit \"${SMOKE_EXIT:-0}\"");
        program(bin.resolve("aws"), """
            case "$1 $2" in
              "ssm get-parameter") if [ -n "${FIRST:-}" ]; then exit 254; fi
                echo '{"ApiUrl":"https://x","InferenceFunction":"%s"}' ;;
              "lambda get-alias") echo 41 ;;
            esac\
            """.formatted(ALIAS));
    }

    private void program(Path file, String does) throws IOException {
        String logged = "#!/bin/sh\necho \"${0##*/} $*\" >> '" + calls + "'\n";
        Files.writeString(file, logged + does + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Run(int exit, String said, List<String> calls) {}

    private Run deploy(Map<String, String> environment) throws IOException, InterruptedException {
        Path said = project.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        project.resolve(".ci/deploy").toString(), "dev")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), Files.readString(said), Files.readAllLines(calls));
    }

    @Test
    void whatIsDeployedIsTriedAndStays() throws Exception {
        Run run = deploy(Map.of());

        assertThat(run.exit()).as(run.said()).isZero();
        assertThat(run.calls())
                .contains(
                        "npx cdk deploy --app cdk.out/dev --all --require-approval never --outputs-file"
                                + " outputs-dev.json",
                        "smoke-test --outputs infra-cdk/outputs-dev.json")
                .noneMatch(call -> call.contains("update-alias"));
    }

    @Test
    void aFailedSmokeTestLeadsCustomersBackToTheVersionBefore() throws Exception {
        Run run = deploy(Map.of("SMOKE_EXIT", "1"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said()).endsWith("deploy: the smoke test failed; dev is back at version 41\n");
        assertThat(run.calls().getLast())
                .startsWith("aws lambda update-alias --function-name " + ALIAS.replace(":live", "") + " --name live")
                .contains("--function-version 41");
    }

    @Test
    void aFirstDeploymentHasNothingToGoBackTo() throws Exception {
        Run run = deploy(Map.of("SMOKE_EXIT", "1", "FIRST", "yes"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said()).contains("no version before to go back to");
        assertThat(run.calls()).noneMatch(call -> call.contains("update-alias"));
    }

    @Test
    void aDeploymentThatFailsIsNotTried() throws Exception {
        Run run = deploy(Map.of("CDK_EXIT", "1"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.calls()).noneMatch(call -> call.startsWith("smoke-test"));
    }
}
