package network.cortensor.portal.prober;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.lambda.CallLog;
import network.cortensor.portal.testkit.lambda.FunctionInvocation;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;
import network.cortensor.portal.testkit.lambda.RuntimeCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The zip that Lambda gets, run by the managed Java runtime's own loop, under the handler's name that the deployment gives it. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime's loop is native and Lambda's")
class ProberPackageIT {
    private static final String HANDLER = "network.cortensor.portal.prober.HealthProber::handleRequest";
    private static final TableNames TABLES = TableNames.prefixed("packaged-");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Path EVENT = Path.of(System.getProperty("portal.root"), "events", "scheduled-tick.json");

    @TempDir
    private static Path task;

    private final CallLog calls = new CallLog();
    private final RuntimeApiEmulator lambda =
            RuntimeApiEmulator.start(InstantSource.system(), Duration.ofMinutes(5), calls);
    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);

    ProberPackageIT() throws IOException {}

    @BeforeAll
    static void unpack() throws IOException {
        Path zip = Path.of(System.getProperty("portal.function.zip"));
        try (FileSystem files = FileSystems.newFileSystem(zip);
                Stream<Path> jars = Files.list(files.getPath("/lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, task.resolve(jar.getFileName().toString()));
            }
        }
    }

    @AfterEach
    void close() throws IOException {
        lambda.close();
        dynamo.close();
    }

    @Test
    void aScheduledEventIsATick() throws Exception {
        Path output = Files.createTempFile("prober", ".log");
        Process function = start(settings(), output);
        try {
            assertThat(answer(lambda.invoke(Files.readAllBytes(EVENT)))).isEqualTo("\"finished\"");
            assertThat(new DynamoHealth(dynamo.client(), TABLES, new SecureRandom()).heartbeat())
                    .isPresent();
        } finally {
            end(function);
        }
        assertThat(Files.readString(output)).contains("\"event\":\"tick\"").contains("\"outcome\":\"finished\"");
        Files.delete(output);
    }

    @Test
    void underSnapStartItIsRestoredBeforeItsFirstTick() throws Exception {
        Map<String, String> environment = settings();
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        Path output = Files.createTempFile("prober", ".log");
        Process function = start(environment, output);
        try {
            assertThat(calls.await(new RuntimeCall.RestoreAsked()::equals, PATIENCE))
                    .as(Files.readString(output))
                    .isPresent();
            lambda.restore();

            assertThat(answer(lambda.invoke(Files.readAllBytes(EVENT)))).isEqualTo("\"finished\"");
        } finally {
            end(function);
        }
        Files.delete(output);
    }

    @Test
    void withoutItsSettingsItNamesThem() throws Exception {
        Map<String, String> environment = settings();
        environment.remove(Variable.TABLE_TARGET_HEALTH.key());
        Path output = Files.createTempFile("prober", ".log");
        Process function = start(environment, output);
        try {
            RuntimeCall failed = calls.await(RuntimeCall.InitFailed.class::isInstance, PATIENCE)
                    .orElseThrow(() -> new AssertionError("no init error"));

            assertThat(((RuntimeCall.InitFailed) failed).error().body())
                    .contains("PORTAL_TABLE_TARGET_HEALTH: not set (expected: ");
        } finally {
            end(function);
        }
        Files.delete(output);
    }

    private Process start(Map<String, String> environment, Path output) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                AWSLambda.class.getName(),
                HANDLER);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void end(Process function) {
        function.destroyForcibly().onExit().join();
    }

    /** The function's jars, and those that the managed runtime has. */
    private static String classPath() throws IOException, URISyntaxException {
        List<String> jars = new ArrayList<>();
        try (Stream<Path> own = Files.list(task)) {
            own.map(Path::toString).sorted().forEach(jars::add);
        }
        for (Class<?> managed : List.of(AWSLambda.class, LambdaEventSerializers.class, Context.class)) {
            jars.add(Path.of(managed.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, jars);
    }

    private Map<String, String> settings() {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_LAMBDA_RUNTIME_API", lambda.address());
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769");
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "prober");
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "prober");
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "prober");
        environment.put("LAMBDA_TASK_ROOT", task.toString());
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo.url().toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        Map.of(
                        Variable.ENVIRONMENT,
                        "test",
                        Variable.REGION,
                        "us-east-1",
                        Variable.TABLE_MODELS,
                        TABLES.models(),
                        Variable.TABLE_POOLS,
                        TABLES.pools(),
                        Variable.TABLE_TARGETS,
                        TABLES.targets(),
                        Variable.TABLE_TARGET_HEALTH,
                        TABLES.targetHealth(),
                        Variable.TABLE_SESSION_SLOTS,
                        TABLES.sessionSlots(),
                        Variable.ROUTER_HOSTS,
                        "router.example",
                        Variable.PLAIN_HTTP_HOSTS,
                        "none",
                        Variable.DEEP_PROBES_PER_TICK,
                        "1")
                .forEach((variable, value) -> environment.put(variable.key(), value));
        return environment;
    }

    private static String answer(FunctionInvocation invocation) throws InterruptedException, IOException {
        return switch (invocation.beginning()) {
            case FunctionInvocation.Beginning.Begun begun -> {
                try (InputStream body = begun.body()) {
                    yield new String(body.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
            case FunctionInvocation.Beginning.Failed failed -> throw new AssertionError("failed: " + failed.error());
        };
    }
}
