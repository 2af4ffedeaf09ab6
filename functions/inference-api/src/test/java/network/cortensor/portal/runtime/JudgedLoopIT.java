package network.cortensor.portal.runtime;

import static network.cortensor.portal.runtime.Answers.OK;
import static network.cortensor.portal.runtime.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop alone under AWS's own emulator: what the packaged function cannot be made to do. Skipped, with the reason, where that cannot be had. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "AWS's emulator is Lambda's, which is Linux")
class JudgedLoopIT {
    private static final int CONCURRENCY = 64;
    private static final String PARKED = "Received Runtime /next";
    private static final String FRAME = "{\"statusCode\":200,\"headers\":{}}" + "\0".repeat(8);

    private static Path judge = Path.of("judge");

    @BeforeAll
    static void build() throws Exception {
        judge = JudgingEmulator.built();
    }

    @Test
    void everyChunkGoesOnAsItComes() throws Exception {
        CountDownLatch firstRead = new CountDownLatch(CONCURRENCY);
        try (JudgingEmulator aws = loopOnly(Map.of());
                var _ = RunningLoop.managed(aws.runtimeApi(), CONCURRENCY, _ -> (invocation, response) -> {
                    OutputStream out = response.begin(OK);
                    out.write(bytes("first"));
                    firstRead.await();
                    out.write(invocation.event().bytes());
                });
                ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            aws.awaitOutput(PARKED, CONCURRENCY);
            List<Future<String>> rest = new ArrayList<>();
            for (int number = 0; number < CONCURRENCY; number++) {
                String event = "event " + number;
                rest.add(customers.submit(() -> {
                    InputStream body =
                            aws.invoke(event, BodyHandlers.ofInputStream()).body();
                    body.readNBytes(FRAME.length() + "first".length());
                    firstRead.countDown();
                    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
                }));
            }
            for (int number = 0; number < CONCURRENCY; number++) {
                assertThat(rest.get(number).get()).isEqualTo("event " + number);
            }
        }
    }

    @Test
    void errorsHaveTheFormThatLambdaRecordsAndStreamsThatBreakOffAreCut() throws Exception {
        try (JudgingEmulator aws = loopOnly(Map.of());
                var _ = RunningLoop.managed(aws.runtimeApi(), CONCURRENCY, _ -> (invocation, response) -> {
                    if (invocation.event().bytes().length > 1) {
                        response.begin(OK).write(bytes("half"));
                    }
                    throw new IOException("secret");
                })) {
            aws.awaitOutput(PARKED, CONCURRENCY);

            HttpResponse<String> before = aws.invoke("x");
            assertThat(before.headers().firstValue("Error-Type")).contains("Function.IOException");
            assertThat(before.body()).doesNotContain("secret");
            assertThatThrownBy(() -> aws.invoke("xx")).isInstanceOf(IOException.class);
            assertThat(aws.output()).doesNotContain("Runtime.Unknown");
        }
    }

    @Test
    void whatIsOverIsGoneCostsTheOthersNothingAndNeverReachesTheNewerInvocationOfItsRequestId() throws Exception {
        BlockingQueue<Invocation> begun = new LinkedBlockingQueue<>();
        Map<String, CountDownLatch> gates = Map.of(
                "old", new CountDownLatch(1),
                "late", new CountDownLatch(1),
                "half", new CountDownLatch(1),
                "new", new CountDownLatch(1),
                "other", new CountDownLatch(1));
        try (JudgingEmulator aws = loopOnly(Map.of("AWS_LAMBDA_FUNCTION_TIMEOUT", "5"));
                var loop = RunningLoop.managed(aws.runtimeApi(), CONCURRENCY, _ -> (invocation, response) -> {
                    begun.add(invocation);
                    String event = text(invocation);
                    Optional<OutputStream> early =
                            event.matches("half|other") ? Optional.of(response.begin(OK)) : Optional.empty();
                    open(gates, event).await();
                    OutputStream out = early.isPresent() ? early.get() : response.begin(OK);
                    out.write(bytes("answer to " + event));
                });
                ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            aws.awaitOutput(PARKED, CONCURRENCY);
            Future<HttpResponse<String>> old = customers.submit(() -> aws.invoke("old", "7f"));
            Future<HttpResponse<String>> late = customers.submit(() -> aws.invoke("late", "80"));
            Future<HttpResponse<String>> half = customers.submit(() -> aws.invoke("half", "81"));
            aws.breakOffInTheMiddleOf("{\"broken off\":");
            assertThat(old.get().headers().firstValue("Error-Type")).contains("Sandbox.Timedout");
            assertThat(late.get().headers().firstValue("Error-Type")).contains("Sandbox.Timedout");
            assertThatThrownBy(half::get).hasCauseInstanceOf(IOException.class);
            // An event that broke off comes as if it were whole, once its time is over.
            assertThat(loop.incident().cause()).isInstanceOf(Refused.class);
            for (int number = 0; number < 4; number++) {
                begun.take();
            }

            List<Future<HttpResponse<String>>> others = IntStream.range(0, CONCURRENCY - 4)
                    .mapToObj(_ -> customers.submit(() -> aws.invoke("other")))
                    .toList();
            Future<HttpResponse<String>> repeated = customers.submit(() -> aws.invoke("new", "7f"));
            for (int number = 0; number < CONCURRENCY - 3; number++) {
                assertThat(begun.take().invocationId()).isPresent();
            }
            for (String over : List.of("old", "late", "half")) {
                open(gates, over).countDown();
                assertThat(loop.incident().cause()).as(over).isInstanceOf(InvocationOver.class);
            }
            open(gates, "other").countDown();
            open(gates, "new").countDown();

            for (Future<HttpResponse<String>> other : others) {
                assertThat(other.get().body()).isEqualTo(FRAME + "answer to other");
            }
            assertThat(repeated.get().body()).isEqualTo(FRAME + "answer to new");
            assertThat(aws.output()).contains("Cross-wiring detected");
        }
    }

    @Test
    void aPollTooManyIsRefusedAndTriedAgainAndNoInvocationIsLost() throws Exception {
        try (JudgingEmulator aws = loopOnly(Map.of());
                var loop = RunningLoop.managed(
                        aws.runtimeApi(), CONCURRENCY + 1, _ -> heldUntil(new CountDownLatch(CONCURRENCY + 1)));
                ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(loop.incident().cause()).isInstanceOf(Refused.class).hasMessageEndingWith("500");
            aws.awaitOutput(PARKED, CONCURRENCY + 1);

            // One of them is served by the poll that was refused.
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int number = 0; number <= CONCURRENCY; number++) {
                String event = "event " + number;
                answers.add(customers.submit(() -> served(aws, event)));
            }
            for (int number = 0; number <= CONCURRENCY; number++) {
                assertThat(answers.get(number).get().body()).isEqualTo(FRAME + "event " + number);
            }
            assertThat(loop.pauses()).startsWith(Duration.ofMillis(100));
        }
    }

    @Test
    void anAnswerOverTheLimitIsCutAndItsLaneServesTheNext() throws Exception {
        try (JudgingEmulator aws = loopOnly(Map.of());
                var loop = RunningLoop.managed(aws.runtimeApi(), 1, _ -> (invocation, response) -> {
                    OutputStream out = response.begin(OK);
                    for (int piece = 0; piece < Integer.parseInt(text(invocation)); piece++) {
                        out.write(new byte[64 * 1024]);
                    }
                })) {
            aws.awaitOutput(PARKED, 1);

            assertThatThrownBy(() -> aws.invoke("1000")).isInstanceOf(IOException.class);
            assertThat(loop.incident().step()).isEqualTo(Incident.Step.HANDLE);
            aws.awaitOutput(PARKED, 2);
            assertThat(aws.invoke("1").body()).hasSize(FRAME.length() + 64 * 1024);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-demand", "snap-start", "lambda-managed-instances"})
    void aFailedStartIsReportedByTheNameOfItsClass(String type) throws Exception {
        try (JudgingEmulator aws = child(type, Map.of("FAILS_AT", "init"))) {
            HttpResponse<String> answer = aws.invoke("x");

            assertThat(answer.body())
                    .contains("\"errorType\":\"Function.IOException\"")
                    .doesNotContain("secret");
            assertThat(aws.output()).contains("incident INIT").doesNotContain("Runtime.Unknown");
        }
    }

    /** AWS's emulator cancels what runs, and only then says that the environment ends. */
    @ParameterizedTest
    @EnumSource
    void theEndInTheMiddleCutsEveryStream(Ending ending) throws Exception {
        try (JudgingEmulator aws = child("lambda-managed-instances", Map.of());
                ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            aws.awaitOutput(PARKED, CONCURRENCY);
            CountDownLatch firstRead = new CountDownLatch(CONCURRENCY);
            List<Future<String>> answers = new ArrayList<>();
            for (int number = 0; number < CONCURRENCY; number++) {
                answers.add(customers.submit(() -> {
                    InputStream body = aws.invoke(ChildMain.ENDLESS, BodyHandlers.ofInputStream())
                            .body();
                    body.readNBytes(FRAME.length() + "first".length());
                    firstRead.countDown();
                    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
                }));
            }
            firstRead.await();

            switch (ending) {
                case KILLED -> aws.killFunction();
                case SHUT_DOWN -> aws.terminate();
            }

            for (Future<String> answer : answers) {
                assertThatThrownBy(answer::get).hasCauseInstanceOf(IOException.class);
            }
            assertThat(aws.output().lines().filter("end"::equals)).hasSize(ending == Ending.SHUT_DOWN ? 1 : 0);
        }
    }

    enum Ending {
        KILLED,
        SHUT_DOWN
    }

    /** Asks again while no lane is free. */
    private static HttpResponse<String> served(JudgingEmulator aws, String event)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = aws.invoke(event);
        while (answer.headers().firstValue("Error-Type").isPresent()) {
            answer = aws.invoke(event);
        }
        return answer;
    }

    private static Handler heldUntil(CountDownLatch all) {
        return (invocation, response) -> {
            all.countDown();
            all.await();
            Answers.echo(invocation, response);
        };
    }

    private static CountDownLatch open(Map<String, CountDownLatch> gates, String event) {
        return gates.getOrDefault(event, new CountDownLatch(0));
    }

    private static String text(Invocation invocation) {
        return new String(invocation.event().bytes(), StandardCharsets.UTF_8);
    }

    /** A process that does nothing, and whose part a loop of the test's own plays. */
    private static JudgingEmulator loopOnly(Map<String, String> more) throws IOException {
        return JudgingEmulator.start(judge, managed(more), List.of("/bin/sleep", "600"));
    }

    /** The loop in a process of its own. */
    private static JudgingEmulator child(String type, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(type.equals("lambda-managed-instances") ? managed(more) : more);
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", type);
        return JudgingEmulator.start(judge, environment, ChildMain.command());
    }

    private static Map<String, String> managed(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(CONCURRENCY));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "lambda-managed-instances");
        return environment;
    }
}
