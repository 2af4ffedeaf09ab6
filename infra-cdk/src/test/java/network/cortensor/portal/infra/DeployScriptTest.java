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
        program(
                bin.resolve("npx"),
                "[ -z \"${FLEET:-}\" ] || echo \"$FLEET\" > outputs-dev.json; exit \"${CDK_EXIT:-0}\"");
        program(project.resolve("infra-cdk/smoke-test"), "exit \"${SMOKE_EXIT:-0}\"");
        program(bin.resolve("aws"), """
            case "$1 $2" in
              "ssm get-parameter") if [ -n "${REFUSED:-}" ]; then
                  echo "An error occurred ($REFUSED) when calling the GetParameter operation: no" >&2; exit 254; fi
                if [ -n "${SWITCHED:-}" ] && grep -q '^npx' "$CALLS"; then
                  echo '{"InferenceFunction":"arn:aws:lambda:x:1:function:Other:live"}'; exit; fi
                echo '{"ApiUrl":"https://x","InferenceFunction":"%s"}' ;;
              "lambda get-alias") if grep -q update-alias "$CALLS"; then echo 41; else echo "${SERVES:-41}"; fi ;;
              "lambda list-versions-by-function") printf '$LATEST\\t$LATEST.PUBLISHED\\t40\\t41\\t42\\n' ;;
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
        builder.environment().put("LONGEST_REQUEST_SECONDS", "0");
        builder.environment().put("CALLS", calls.toString());
        builder.environment().put("PORTAL_KEY", "a customer's");
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
        Run run = deploy(Map.of("SMOKE_EXIT", "1", "REFUSED", "ParameterNotFound"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said()).contains("no version before to go back to");
        assertThat(run.calls()).noneMatch(call -> call.contains("update-alias"));
    }

    /** A key is an item of a table, and so can only be made once the tables are there. */
    @Test
    void aFirstDeploymentMayGoWithoutAKey() throws Exception {
        Run run = deploy(Map.of("PORTAL_KEY", "", "REFUSED", "ParameterNotFound"));

        assertThat(run.exit()).as(run.said()).isZero();
        assertThat(run.said())
                .endsWith("deploy: dev is deployed for the first time, and not tried: it has no key yet\n");
        assertThat(run.calls()).noneMatch(call -> call.startsWith("smoke-test"));
    }

    /** Without it every deployment would be taken back, for no fault of its own. */
    @Test
    void whatCannotBeTriedIsNotDeployed() throws Exception {
        Run run = deploy(Map.of("PORTAL_KEY", ""));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.said()).startsWith("deploy: PORTAL_KEY: empty (expected: a customer's key of dev, ");
        assertThat(run.calls()).noneMatch(call -> call.startsWith("npx"));
    }

    /** A role that may not read what serves could not lead back to it either. */
    @Test
    void whatCouldNotBeTakenBackIsNotDeployed() throws Exception {
        Run run = deploy(Map.of("REFUSED", "AccessDeniedException"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said())
                .startsWith("deploy: cannot read what serves dev: ")
                .contains("AccessDeniedException");
        assertThat(run.calls()).noneMatch(call -> call.startsWith("npx"));
    }

    @Test
    void afterASwitchOfServingTheOtherFunctionsVersionIsNoWayBack() throws Exception {
        Run run = deploy(Map.of("SMOKE_EXIT", "1", "SWITCHED", "yes"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said()).contains("another function serves now").contains("infra-cdk/DEPLOYMENT.md");
        assertThat(Project.ROOT.resolve("infra-cdk/DEPLOYMENT.md")).exists();
        assertThat(run.calls()).noneMatch(call -> call.contains("update-alias"));
    }

    private static final String FLEET = """
            {"Portal-dev": {"ManagedFunction": "arn:aws:lambda:us-east-1:123456789012:function:Portal-dev-InferenceManaged:live"}}""";

    private static List<String> rested(Run run) {
        return run.calls().stream()
                .filter(call -> call.contains("put-function-scaling-config"))
                .map(call -> call.replaceFirst(".*--qualifier (\\S+) .*", "$1"))
                .toList();
    }

    /** Each version of a fleet keeps its least number of environments running, so that a few releases would fill it. */
    @Test
    void afterAReleaseOnlyTheFleetsNewestVersionKeepsItsMachines() throws Exception {
        Run run = deploy(Map.of("FLEET", FLEET, "SERVES", "42"));

        assertThat(run.exit()).as(run.said()).isZero();
        assertThat(rested(run)).containsExactly("40", "41");
        assertThat(run.calls().getLast())
                .contains("--function-name arn:aws:lambda:us-east-1:123456789012:function:Portal-dev-InferenceManaged ")
                .endsWith("MinExecutionEnvironments=0,MaxExecutionEnvironments=0");
    }

    @Test
    void afterGoingBackTheVersionThatFailedKeepsNone() throws Exception {
        Run run = deploy(Map.of("FLEET", FLEET, "SMOKE_EXIT", "1"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(rested(run)).containsExactly("40", "42");
    }

    @Test
    void withoutAFleetNoVersionIsTouched() throws Exception {
        assertThat(rested(deploy(Map.of()))).isEmpty();
    }

    @Test
    void aDeploymentThatFailsIsNotTried() throws Exception {
        Run run = deploy(Map.of("CDK_EXIT", "1"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.calls()).noneMatch(call -> call.startsWith("smoke-test"));
    }
}
