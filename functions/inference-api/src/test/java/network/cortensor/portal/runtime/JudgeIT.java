package network.cortensor.portal.runtime;

import static network.cortensor.portal.runtime.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.testkit.wire.Headers;
import network.cortensor.portal.testkit.wire.ServerExchange;
import network.cortensor.portal.testkit.wire.WireServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The zip that Lambda gets under AWS's own emulator. Skipped, with the reason, where that cannot be had. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "AWS's emulator is Lambda's, which is Linux")
class JudgeIT {
    private static final int CONCURRENCY = 64;
    private static final String PARKED = "Received Runtime /next";
    private static final Path EVENTS = Path.of("../../events");

    @TempDir
    private static Path task;

    private static Path judge;

    @BeforeAll
    static void build() throws Exception {
        judge = JudgingEmulator.built();
        UnpackedPackage.unpack(Path.of(System.getProperty("portal.function.zip")), task);
    }

    @Test
    void onDemandTheZipServesOneInvocationAfterTheOther() throws Exception {
        try (JudgingEmulator aws = zip(Map.of())) {
            assertThat(aws.invoke(health()).body()).endsWith("\0{\"status\":\"ok\"}");
            assertThat(aws.invoke(health()).body()).endsWith("\0{\"status\":\"ok\"}");
        }
    }

    @Test
    void underSnapStartTheZipServesAfterItsRestore() throws Exception {
        try (JudgingEmulator aws = zip(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"))) {
            assertThat(aws.invoke(health()).body()).endsWith("\0{\"status\":\"ok\"}");
            assertThat(aws.output()).contains("/restore/next").doesNotContain("could not go on");
        }
    }

    @Test
    void inManagedInstancesTheZipParksAsManyPollsAsItMayAndServesAllOfThemAtOnce() throws Exception {
        Set<String> askedFor = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(CONCURRENCY);
        try (WireServer tables = WireServer.start(0, exchange -> heldUntilAllAsk(exchange, askedFor, all));
                JudgingEmulator aws = zip(managed(Map.of("AWS_ENDPOINT_URL_DYNAMODB", "http://" + tables.address())));
                ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            aws.awaitOutput(PARKED, CONCURRENCY);

            SplittableRandom random = new SplittableRandom(1);
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int number = 0; number < CONCURRENCY; number++) {
                String event = chat(KeyText.make("test", random).reveal());
                answers.add(customers.submit(() -> aws.invoke(event)));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().body())
                        .startsWith("{\"statusCode\":503,")
                        .contains("service_unavailable");
            }
            assertThat(askedFor).hasSize(CONCURRENCY);
            assertThat(aws.output()).doesNotContain("no ready runtimes");

            aws.awaitOutput(PARKED, 2 * CONCURRENCY);
            aws.terminate();
            // The function has left by itself: an extension is told, anything else is killed.
            assertThat(aws.output())
                    .contains("Internal agent registered")
                    .doesNotContain("SIGKILLing")
                    .doesNotContain("msg=Killing");
        }
    }

    /** The packaged function, started by the judge as Lambda starts it. */
    private static JudgingEmulator zip(Map<String, String> more) throws IOException {
        Map<String, String> environment = UnpackedPackage.settings();
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "2048");
        environment.put("AWS_ACCESS_KEY_ID", "none");
        environment.put("AWS_SECRET_ACCESS_KEY", "none");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putAll(more);
        return JudgingEmulator.start(
                judge, environment, List.of(task.resolve("bin/portal").toString(), "managed.jar"));
    }

    private static Map<String, String> managed(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(CONCURRENCY));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "lambda-managed-instances");
        return environment;
    }

    private static String health() throws IOException {
        return Files.readString(EVENTS.resolve("rest-models.json")).replace("/v1/models", "/health");
    }

    private static String chat(String key) throws IOException {
        return Files.readString(EVENTS.resolve("rest-chat.json"))
                .replaceAll("ctk_[A-Za-z0-9]+_[A-Za-z0-9_]+", Matcher.quoteReplacement(key));
    }

    /** A table that answers nobody before everybody has asked, and then that it does not exist. */
    private static void heldUntilAllAsk(ServerExchange exchange, Set<String> askedFor, CountDownLatch all)
            throws IOException, InterruptedException {
        String request = new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8);
        Matcher hash = Pattern.compile("[0-9a-f]{64}").matcher(request);
        if (hash.find() && askedFor.add(hash.group())) {
            all.countDown();
        }
        all.await();
        exchange.answer(
                400,
                Headers.of("Content-Type", "application/x-amz-json-1.0"),
                bytes("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"}"));
    }
}
