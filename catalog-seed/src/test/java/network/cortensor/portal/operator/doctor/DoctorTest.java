package network.cortensor.portal.operator.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.operator.Operator;
import network.cortensor.portal.operator.Operator.Outcome;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.ssm.SsmEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor finds at an environment that lacks one thing after the other. */
class DoctorTest {
    private static final TableNames TABLES = TableNames.prefixed("Doctor");
    private static final String CATALOG = """
        models:
          m: {state: live, contextLength: 10, maxOutputTokens: 5, promptFormat: plain, routes: [{pool: p, weight: 1}]}
        pools:
          p: {state: live}
        targets:
          p:
            t: {routerUrl: "https://router.example:5010", sessionId: 1, state: live}
        """;

    private final SsmEmulator parameters = SsmEmulator.start(0);
    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create, List.of(parameters));

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        dynamo.close();
        parameters.close();
    }

    private Outcome run(InstantSource clock, String... args) {
        return Operator.at(dynamo.url(), "Doctor")
                .waiting(clock, pause -> {})
                .with(ScriptedTerminal.piped(""))
                .run(args);
    }

    private Outcome doctor() {
        return run(InstantSource.system(), "doctor");
    }

    private void healthy() throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), CATALOG);
        assertThat(run(InstantSource.system(), "apply", "--yes", file.toString())
                        .exitCode())
                .isZero();
        new DynamoHealth(dynamo.client(), TABLES, new SplittableRandom(1)).beat(Instant.now());
        parameters.putPlain("/portal/local/routers/router.example_5010/key", "none");
    }

    @Test
    void aHealthyEnvironmentHasNothingToDo() throws Exception {
        healthy();

        Outcome outcome = doctor();

        assertThat(outcome.exitCode()).as(outcome.out()).isZero();
        assertThat(outcome.out())
                .contains(
                        "the local product looks at none",
                        "all eight are active",
                        "1 models, 1 pools, 1 targets",
                        "there for all 1 routers")
                .doesNotContain("BAD");
    }

    @Test
    void aMissingTableIsNamedWithWhatToDo() {
        dynamo.client().deleteTable(delete -> delete.tableName(TABLES.usage()));

        Outcome outcome = doctor();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).containsPattern("BAD +table DoctorUsage +not there +check account, region");
    }

    @Test
    void whatNobodyProbesAndWhatHasNoCredentialIsToldWithTheCommandThatHelps() throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), CATALOG);
        run(InstantSource.system(), "apply", "--yes", file.toString());

        Outcome outcome = doctor();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out())
                .containsPattern("BAD +prober +never finished a tick")
                .containsPattern(
                        "BAD +routers' credentials +missing for router.example_5010 +portalctl credential put HOST");
    }

    @Test
    void aClockThatIsWrongIsTold() throws Exception {
        healthy();
        InstantSource fast = () -> Instant.now().plus(Duration.ofHours(3));

        Outcome outcome = run(fast, "doctor");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).containsPattern("BAD +clock +\\d+ (min|h) ahead of AWS's +set this machine's clock");
    }

    @Test
    void aProgramReadsTheSame() throws Exception {
        healthy();

        assertThat(run(InstantSource.system(), "doctor", "--json").out().replaceAll("\\s", ""))
                .startsWith("{\"healthy\":true,\"checks\":[{\"check\":\"portalctl\",\"grade\":\"ok\"");
    }
}
