package network.cortensor.portal.emulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The packages of the ordinary handlers under AWS's own emulator; the package of {@code inference-api} has its own test in its module. */
@Timeout(300)
class ZipsOnAwsEmulatorIT {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("portal.root"), "portal.root"));
    /** As the replayable events have them. */
    private static final TableNames TABLES = TableNames.prefixed("Portal");

    @TempDir
    private static Path folder;

    private static Path program = Path.of("emulator");
    private static Optional<DynamoLocal> dynamo = Optional.empty();

    @BeforeAll
    static void build() throws Exception {
        program = folder.resolve("emulator");
        AwsEmulator.build(ROOT.resolve("functions/inference-api/src/test/go/judge"), program)
                .ifPresent(why -> abort(why));
        dynamo = Optional.of(DynamoLocal.startWith(new TableSchema(TABLES)::create));
    }

    @AfterAll
    static void end() {
        dynamo.ifPresent(DynamoLocal::close);
    }

    @Test
    void aScheduledEventIsATickOfTheProber() throws Exception {
        try (AwsEmulator aws =
                function("health-prober", "network.cortensor.portal.prober.HealthProber::handleRequest")) {
            assertThat(aws.invoke(event("scheduled-tick"))).as(aws.said()).isEqualTo("\"finished\"");
            assertThat(aws.invoke(event("scheduled-tick"))).isEqualTo("\"finished\"");
        }
    }

    @Test
    void anEditOfTheCatalogIsRecorded() throws Exception {
        try (AwsEmulator aws =
                function("catalog-history", "network.cortensor.portal.history.CatalogHistory::handleRequest")) {
            assertThat(aws.invoke(event("catalog-edit"))).as(aws.said()).contains("batchItemFailures\":[]");
        }
        List<Map<String, AttributeValue>> history = dynamo.orElseThrow()
                .client()
                .scan(request -> request.tableName(TABLES.catalogHistory()))
                .items();
        assertThat(history).isNotEmpty();
    }

    private static byte[] event(String name) throws IOException {
        return Files.readAllBytes(ROOT.resolve("events/" + name + ".json"));
    }

    private static AwsEmulator function(String name, String handler) throws IOException {
        Path zip = ROOT.resolve("functions/" + name + "/target/" + name + ".zip");
        assumeTrue(Files.exists(zip), zip + " is not built");
        Path lib = Files.createDirectories(folder.resolve(name));
        try (FileSystem files = FileSystems.newFileSystem(zip);
                Stream<Path> jars = Files.list(files.getPath("/lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, lib.resolve(jar.getFileName().toString()));
            }
        }
        String runtime = Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(entry -> entry.contains("aws-lambda-java-"))
                .collect(Collectors.joining(":"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                lib + "/*:" + runtime,
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                handler));
        return AwsEmulator.start(program, environment(handler), command);
    }

    private static Map<String, String> environment(String handler) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test",
                "AWS_ENDPOINT_URL_DYNAMODB",
                dynamo.orElseThrow().url().toString(),
                "AWS_LAMBDA_FUNCTION_TIMEOUT",
                "60",
                "_HANDLER",
                handler,
                "PATH",
                System.getenv("PATH"),
                Variable.ENVIRONMENT.key(),
                "test",
                Variable.ROUTER_HOSTS.key(),
                "none",
                Variable.PLAIN_HTTP_HOSTS.key(),
                "none"));
        environment.put(Variable.DEEP_PROBES_PER_TICK.key(), "1");
        environment.put(Variable.TABLE_MODELS.key(), TABLES.models());
        environment.put(Variable.TABLE_POOLS.key(), TABLES.pools());
        environment.put(Variable.TABLE_TARGETS.key(), TABLES.targets());
        environment.put(Variable.TABLE_TARGET_HEALTH.key(), TABLES.targetHealth());
        environment.put(Variable.TABLE_SESSION_SLOTS.key(), TABLES.sessionSlots());
        environment.put(Variable.TABLE_CATALOG_HISTORY.key(), TABLES.catalogHistory());
        return environment;
    }
}
