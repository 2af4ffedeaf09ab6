package network.cortensor.portal.operator.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
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
    void aTableWhoseItemsNeverExpireIsNamedWithTheCommandThatHelps() throws Exception {
        healthy();
        dynamo.client()
                .updateTimeToLive(update -> update.tableName(TABLES.sessionSlots())
                        .timeToLiveSpecification(ttl -> ttl.enabled(false).attributeName("expiresAt")));

        Outcome outcome = doctor();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out())
                .containsPattern("BAD +table DoctorSessionSlots +has no time to live by expiresAt")
                .contains("aws dynamodb update-time-to-live --table-name DoctorSessionSlots")
                .contains("1 models, 1 pools, 1 targets");
    }

    @Test
    void aTableWhoseChangesNobodyHearsOfIsNamed() {
        dynamo.client()
                .updateTable(update ->
                        update.tableName(TABLES.pools()).streamSpecification(stream -> stream.streamEnabled(false)));

        assertThat(doctor().out())
                .containsPattern("BAD +table DoctorPools +has no stream .* history records nothing +deploy the data");
    }

    /** The whole of the tool is there, and the environment is not. */
    @Test
    void aMissingParameterIsNamedWithWhatToDo() {
        Outcome outcome = with(
                Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test"),
                () -> production("--endpoint-url", dynamo.url().toString()));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out())
                .containsPattern(
                        "BAD +parameters +/portal/prod/tables: not found .* check --environment, account and region")
                .containsPattern("- +tables +their names are not known")
                .containsPattern(
                        "BAD +function catalog-history +/portal/prod/endpoints: not found .* deploy the environment");
    }

    @Test
    void aLocalProductThatDoesNotRunIsToldOnceWithTheCommandThatStartsIt() throws Exception {
        URI nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }

        Outcome outcome = Operator.at(nobody, "Doctor").run("doctor");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out())
                .containsPattern("BAD +tables +.* +start the local product \\(mvn -Plocal\\)")
                .containsPattern("- +all else +nobody answers")
                .containsOnlyOnce("BAD");
    }

    @Test
    void withoutCredentialsNothingElseIsAsked() {
        Outcome outcome = with(Map.of("aws.disableEc2Metadata", "true"), DoctorTest::production);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out())
                .containsPattern("BAD +credentials +none found +set AWS_PROFILE or --profile, or sign in")
                .containsPattern("- +all else +nobody answers")
                .containsOnlyOnce("BAD");
    }

    /** As on a machine where the SDK finds these properties of AWS's and no others. */
    private static Outcome with(Map<String, String> properties, Supplier<Outcome> run) {
        Map<String, String> known = new HashMap<>();
        for (String name : List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.disableEc2Metadata")) {
            Optional.ofNullable(System.clearProperty(name)).ifPresent(value -> known.put(name, value));
        }
        properties.forEach(System::setProperty);
        try {
            return run.get();
        } finally {
            properties.keySet().forEach(System::clearProperty);
            known.forEach(System::setProperty);
        }
    }

    private static Outcome production(String... more) {
        List<String> args = new ArrayList<>(List.of("doctor", "-e", "prod", "--region", "us-east-1"));
        args.addAll(List.of(more));
        return Operator.anywhere().with(ScriptedTerminal.piped("")).run(args.toArray(String[]::new));
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
        InstantSource fast = () -> Instant.now().plus(Duration.ofMinutes(10));

        Outcome outcome = run(fast, "doctor");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).containsPattern("BAD +clock +(9|10) min ahead of AWS's +set this machine's clock");
    }

    @Test
    void aProgramReadsTheSame() throws Exception {
        healthy();

        assertThat(run(InstantSource.system(), "doctor", "--json").out().replaceAll("\\s", ""))
                .startsWith("{\"healthy\":true,\"checks\":[{\"check\":\"portalctl\",\"grade\":\"ok\"");
    }
}
