package network.cortensor.portal.testkit.lambda;

import static network.cortensor.portal.testkit.lambda.ScriptedEnvironment.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import network.cortensor.portal.testkit.lambda.FunctionInvocation.Beginning;
import network.cortensor.portal.testkit.wire.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RuntimeApiEmulatorTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final CallLog calls = new CallLog();
    private final RuntimeApiEmulator emulator;
    private final ScriptedEnvironment environment;

    RuntimeApiEmulatorTest() throws IOException {
        emulator = RuntimeApiEmulator.start(InstantSource.fixed(NOW), Duration.ofMinutes(5), calls);
        environment = new ScriptedEnvironment(emulator);
    }

    @AfterEach
    void close() throws IOException {
        emulator.close();
    }

    @Test
    void anInvocationComesWithItsHeadersAndItsEvent() throws Exception {
        FunctionInvocation invocation = emulator.invoke(bytes("{\"a\":1}"));

        String reply = environment.get("/invocation/next");

        assertThat(reply)
                .startsWith("HTTP/1.1 200")
                .contains("Lambda-Runtime-Aws-Request-Id: " + invocation.requestId() + "\r\n")
                .contains("Lambda-Runtime-Deadline-Ms: "
                        + NOW.plus(Duration.ofMinutes(5)).toEpochMilli() + "\r\n")
                .contains("Lambda-Runtime-Invoked-Function-Arn: " + RuntimeApiEmulator.FUNCTION_ARN + "\r\n")
                .containsPattern("Lambda-Runtime-Trace-Id: Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0\r\n")
                .endsWith("\r\n\r\n{\"a\":1}");
    }

    @Test
    void aChunkIsReadBeforeTheEnvironmentSendsTheNext() throws Exception {
        FunctionInvocation invocation = emulator.invoke(bytes("{}"));
        String id = environment.next();
        try (RawClient response = environment.respond(id, "text/plain")) {
            Beginning.Begun begun = (Beginning.Begun) invocation.beginning();
            response.send(chunk("one"));
            assertThat(begun.body().readNBytes(3)).asString().isEqualTo("one");
            response.send(chunk("two") + "0\r\n\r\n");
            assertThat(begun.body().readAllBytes()).asString().isEqualTo("two");
            assertThat(begun.contentType()).isEqualTo("text/plain");
            assertThat(response.readToEnd()).startsWith("HTTP/1.1 202");
        }
        assertThat(calls.calls())
                .containsExactly(
                        new RuntimeCall.NextAsked(),
                        new RuntimeCall.NextAnswered(id),
                        new RuntimeCall.ResponseBegun(id),
                        new RuntimeCall.ResponseEnded(id));
    }

    @Test
    void trailersBreakTheBodyOffWithTheirError() throws Exception {
        FunctionInvocation invocation = emulator.invoke(bytes("{}"));
        String body = Base64.getEncoder().encodeToString(bytes("{\"errorType\":\"Boom\"}"));
        String id = environment.next();
        try (RawClient response = environment.respond(id, "text/plain")) {
            response.send(chunk("one") + "0\r\nLambda-Runtime-Function-Error-Type: Boom\r\n"
                    + "Lambda-Runtime-Function-Error-Body: " + body + "\r\n\r\n");
            assertThat(response.readToEnd()).startsWith("HTTP/1.1 202");
        }
        InputStream read = ((Beginning.Begun) invocation.beginning()).body();
        assertThat(read.readNBytes(3)).asString().isEqualTo("one");
        assertThat(catchThrowableOfType(BrokenResponse.class, read::read).error())
                .isEqualTo(new ReportedError("Boom", "{\"errorType\":\"Boom\"}"));
    }

    @Test
    void anEnvironmentThatGoesAwayInTheMiddleBreaksTheBodyOff() throws Exception {
        FunctionInvocation invocation = emulator.invoke(bytes("{}"));
        try (RawClient response = environment.respond(environment.next(), "text/plain")) {
            response.send("5\r\non");
        }
        InputStream read = ((Beginning.Begun) invocation.beginning()).body();
        assertThatThrownBy(read::readAllBytes).isInstanceOf(BrokenResponse.class);
    }

    @Test
    void anErrorInsteadOfAResponseFailsTheInvocation() throws Exception {
        FunctionInvocation invocation = emulator.invoke(bytes("{}"));
        String id = environment.next();

        String reply = environment.postError("/invocation/" + id + "/error", "Boom", "{\"errorType\":\"Boom\"}");

        ReportedError error = new ReportedError("Boom", "{\"errorType\":\"Boom\"}");
        assertThat(reply).startsWith("HTTP/1.1 202");
        assertThat(invocation.beginning()).isEqualTo(new Beginning.Failed(error));
        assertThat(calls.calls()).endsWith(new RuntimeCall.ErrorPosted(id, error));
    }

    @Test
    void anInvocationIsAnsweredOnce() throws Exception {
        emulator.invoke(bytes("{}"));
        String id = environment.next();
        try (RawClient first = environment.respond(id, "text/plain")) {
            calls.await(new RuntimeCall.ResponseBegun(id)::equals, Duration.ofSeconds(30));
            try (RawClient second = environment.respond(id, "text/plain")) {
                second.send("0\r\n\r\n");
                assertThat(second.readToEnd()).startsWith("HTTP/1.1 403").contains("InvalidStateTransition");
            }
            first.send("0\r\n\r\n");
            assertThat(first.readToEnd()).startsWith("HTTP/1.1 202");
        }
        assertThat(environment.postError("/invocation/" + id + "/error", "Late", "{}"))
                .startsWith("HTTP/1.1 400")
                .contains("InvalidRequestID");
    }

    @Test
    void aFunctionThatDoesNotEndInItsTimeHasFailed() throws Exception {
        try (RuntimeApiEmulator impatient =
                RuntimeApiEmulator.start(InstantSource.fixed(NOW), Duration.ofMillis(1), _ -> {})) {
            ScriptedEnvironment silent = new ScriptedEnvironment(impatient);

            FunctionInvocation never = impatient.invoke(bytes("{}"));
            silent.next();
            assertThat(never.beginning()).isEqualTo(new Beginning.Failed(ReportedError.TIMED_OUT));

            FunctionInvocation begun = impatient.invoke(bytes("{}"));
            try (RawClient response = silent.respond(silent.next(), "text/plain")) {
                response.send(chunk("one"));
                // The beginning itself may be later than a millisecond on a busy machine: then this is the case above.
                if (begun.beginning() instanceof Beginning.Begun(String _, InputStream body)) {
                    assertThatThrownBy(body::readAllBytes).isInstanceOf(BrokenResponse.class);
                }
            }
        }
    }

    @Test
    void anEnvironmentIsRestoredWhenTheTestSaysSo() throws Exception {
        CompletableFuture<String> reply = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                reply.complete(environment.get("/restore/next"));
            } catch (IOException e) {
                reply.completeExceptionally(e);
            }
        });

        calls.await(new RuntimeCall.RestoreAsked()::equals, Duration.ofSeconds(30));
        assertThat(calls.calls()).containsExactly(new RuntimeCall.RestoreAsked());
        emulator.restore();

        assertThat(reply.join()).startsWith("HTTP/1.1 200");
        assertThat(calls.calls()).containsExactly(new RuntimeCall.RestoreAsked(), new RuntimeCall.Restored());
    }

    @Test
    void failuresToStartAreKept() throws Exception {
        environment.postError("/init/error", "NoTable", "{\"a\":1}");
        environment.postError("/restore/error", "NoSecret", "{\"b\":2}");

        assertThat(calls.calls())
                .containsExactly(
                        new RuntimeCall.InitFailed(new ReportedError("NoTable", "{\"a\":1}")),
                        new RuntimeCall.RestoreFailed(new ReportedError("NoSecret", "{\"b\":2}")));
    }

    @Test
    void aCallThatDoesNotExistIsRefused() throws Exception {
        assertThat(environment.get("/invocation/previous")).startsWith("HTTP/1.1 404");
    }

    @Test
    void closingItEndsEveryInvocation() throws Exception {
        FunctionInvocation waiting = emulator.invoke(bytes("{}"));

        emulator.close();

        assertThat(waiting.beginning()).isEqualTo(new Beginning.Failed(ReportedError.EXITED));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
