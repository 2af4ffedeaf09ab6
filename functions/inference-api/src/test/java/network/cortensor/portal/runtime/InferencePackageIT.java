package network.cortensor.portal.runtime;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.testkit.lambda.ApiGateway;
import network.cortensor.portal.testkit.lambda.CallLog;
import network.cortensor.portal.testkit.lambda.FrontEmulator;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;
import network.cortensor.portal.testkit.lambda.RuntimeCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The zip that Lambda gets, started by its own wrapper as Lambda starts it. No table, parameter or router is within its reach. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the wrapper is Lambda's, which is Linux")
class InferencePackageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path task;

    private final CallLog calls = new CallLog();
    private final RuntimeApiEmulator lambda =
            RuntimeApiEmulator.start(InstantSource.system(), Duration.ofMinutes(5), calls);

    InferencePackageIT() throws IOException {}

    @BeforeAll
    static void unpack() throws IOException {
        UnpackedPackage.unpack(Path.of(System.getProperty("portal.function.zip")), task);
    }

    @AfterEach
    void close() throws IOException {
        lambda.close();
    }

    /** Its release is judged by what it writes of itself: the deployment, and its own name and version as Lambda tells them. */
    @Test
    void aPlainStartServesCustomersAtOnceAndWritesWhoseLineItIs() throws Exception {
        Map<String, String> environment = UnpackedPackage.settings();
        environment.put("PORTAL_ENVIRONMENT", "dev");
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "Portal-x-Inference");
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "42");
        try (FunctionProcess process = start(environment)) {
            assertThat(statusOfHealth()).isEqualTo(200);
            awaitFreeAgain();

            assertThat(calls.calls())
                    .extracting(InferencePackageIT::kind)
                    .containsExactly("NextAsked", "NextAnswered", "ResponseBegun", "ResponseEnded", "NextAsked");
            assertThat(process.output().lines().filter(line -> line.contains("\"event\":\"request\"")))
                    .singleElement(as(STRING))
                    .contains("\"Namespace\":\"" + Emitter.namespace("dev") + "\"")
                    .contains("\"version\":\"" + Emitter.version("Portal-x-Inference", "42") + "\"")
                    .contains("[\"version\"]");
        }
    }

    @Test
    void underSnapStartItIsPrimedAndRestoredBeforeItServes() throws Exception {
        Map<String, String> environment = UnpackedPackage.settings();
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        try (FunctionProcess process = start(environment)) {
            assertThat(calls.await(new RuntimeCall.RestoreAsked()::equals, PATIENCE))
                    .as(process.output())
                    .isPresent();
            assertThat(calls.calls()).containsExactly(new RuntimeCall.RestoreAsked());

            lambda.restore();
            assertThat(statusOfHealth()).isEqualTo(200);
            awaitFreeAgain();

            assertThat(calls.calls())
                    .extracting(InferencePackageIT::kind)
                    .containsExactly(
                            "RestoreAsked",
                            "Restored",
                            "NextAsked",
                            "NextAnswered",
                            "ResponseBegun",
                            "ResponseEnded",
                            "NextAsked");
        }
    }

    @Test
    void withoutItsSettingsItSaysSoAndEnds() throws Exception {
        try (FunctionProcess process = start(new HashMap<>())) {
            assertThat(process.exitStatus()).isEqualTo(1);
        }
        assertThat(calls.calls())
                .singleElement(as(type(RuntimeCall.InitFailed.class)))
                .satisfies(failed -> assertThat(failed.error().type()).isEqualTo("Function.BadSettings"));
    }

    private FunctionProcess start(Map<String, String> environment) throws IOException {
        environment.put("AWS_LAMBDA_RUNTIME_API", lambda.address());
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "2048");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        // What Lambda would have run without the wrapper.
        List<String> command =
                List.of(task.resolve("bin/portal").toString(), "/var/lang/bin/java", "-jar", "managed.jar");
        return FunctionProcess.start(command, environment);
    }

    private int statusOfHealth() throws Exception {
        try (FrontEmulator front =
                        FrontEmulator.start(0, ApiGateway.onCustomDomain("prod"), lambda, InstantSource.system());
                HttpClient customer = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(front.url() + "/health"))
                    .timeout(PATIENCE)
                    .build();
            return customer.send(request, BodyHandlers.ofString()).statusCode();
        }
    }

    /** Until the one environment waits for its second invocation. */
    private void awaitFreeAgain() throws InterruptedException {
        calls.await(
                _ -> calls.calls().stream()
                                .filter(new RuntimeCall.NextAsked()::equals)
                                .count()
                        == 2,
                PATIENCE);
    }

    private static String kind(RuntimeCall call) {
        return call.getClass().getSimpleName();
    }
}
