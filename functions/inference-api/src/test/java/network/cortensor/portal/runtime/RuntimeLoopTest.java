package network.cortensor.portal.runtime;

import static network.cortensor.portal.runtime.Answers.OK;
import static network.cortensor.portal.runtime.Answers.bytes;
import static network.cortensor.portal.runtime.Answers.prelude;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import network.cortensor.portal.runtime.Incident.Step;
import network.cortensor.portal.runtime.RuntimeLoop.End;
import network.cortensor.portal.testkit.lambda.BrokenResponse;
import network.cortensor.portal.testkit.lambda.CallLog;
import network.cortensor.portal.testkit.lambda.FunctionInvocation;
import network.cortensor.portal.testkit.lambda.FunctionInvocation.Beginning;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;
import network.cortensor.portal.testkit.lambda.RuntimeCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RuntimeLoopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "what the customer wrote";
    private static final String FRAME = "{\"statusCode\":200,\"headers\":{}}" + "\0".repeat(8);

    private final CallLog calls = new CallLog();
    private final RuntimeApiEmulator lambda =
            RuntimeApiEmulator.start(InstantSource.system(), Duration.ofMinutes(5), calls);

    RuntimeLoopTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        lambda.close();
    }

    @Test
    void aHandlerGetsAllOfAnInvocation() throws Exception {
        BlockingQueue<Invocation> seen = new LinkedBlockingQueue<>();
        Instant before = Instant.now();
        try (var _ = loop((invocation, response) -> {
            seen.add(invocation);
            Answers.echo(invocation, response);
        })) {
            FunctionInvocation submitted = lambda.invoke(bytes("{\"ü\":1}"));

            assertThat(answer(submitted)).isEqualTo(FRAME + "{\"ü\":1}");
            Invocation invocation = seen.remove();
            assertThat(invocation.requestId()).isEqualTo(submitted.requestId());
            assertThat(invocation.functionArn()).isEqualTo(RuntimeApiEmulator.FUNCTION_ARN);
            assertThat(invocation.traceId().orElseThrow()).startsWith("Root=1-");
            assertThat(invocation.receivedAt()).isBetween(before, Instant.now());
            assertThat(invocation.deadline())
                    .isBetween(
                            before.minusMillis(1).plus(Duration.ofMinutes(5)),
                            Instant.now().plus(Duration.ofMinutes(5)));
        }
    }

    @Test
    void anEventOfSixMegabytesComesAndGoesWhole() throws Exception {
        byte[] event = new byte[6 * 1024 * 1024];
        Arrays.fill(event, (byte) 'x');
        try (var _ = loop(Answers::echo)) {
            assertThat(answer(lambda.invoke(event))).hasSize(FRAME.length() + event.length);
        }
    }

    @Test
    void theNextInvocationIsAskedForOnlyWhenTheHandlerIsDone() throws Exception {
        CountDownLatch customerServed = new CountDownLatch(1);
        CountDownLatch workAfterTheAnswer = new CountDownLatch(1);
        try (var _ = loop((invocation, response) -> {
            Answers.echo(invocation, response);
            response.end();
            customerServed.countDown();
            workAfterTheAnswer.await();
        })) {
            String first = lambda.invoke(bytes("1")).requestId();
            String second = lambda.invoke(bytes("2")).requestId();
            customerServed.await();
            calls.await(new RuntimeCall.ResponseEnded(first)::equals, PATIENCE);

            assertThat(calls.calls())
                    .filteredOn(new RuntimeCall.NextAsked()::equals)
                    .hasSize(1);
            workAfterTheAnswer.countDown();
            calls.await(new RuntimeCall.ResponseEnded(second)::equals, PATIENCE);

            assertThat(calls.calls())
                    .startsWith(
                            new RuntimeCall.NextAsked(),
                            new RuntimeCall.NextAnswered(first),
                            new RuntimeCall.ResponseBegun(first),
                            new RuntimeCall.ResponseEnded(first),
                            new RuntimeCall.NextAsked(),
                            new RuntimeCall.NextAnswered(second),
                            new RuntimeCall.ResponseBegun(second),
                            new RuntimeCall.ResponseEnded(second));
        }
    }

    @Test
    void theCustomerHasTheWholeAnswerWhileTheHandlerStillWorks() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (var _ = loop((invocation, response) -> {
            Answers.echo(invocation, response);
            response.end();
            read.await();
        })) {
            assertThat(answer(lambda.invoke(bytes("all")))).endsWith("all");
            read.countDown();
        }
    }

    @Test
    void anExceptionBeforeTheAnswerIsAnErrorThatSaysItsClassAlone() throws Exception {
        try (var loop = loop((_, _) -> {
            throw new IOException(SECRET);
        })) {
            FunctionInvocation invocation = lambda.invoke(bytes("{}"));

            assertThat(invocation.beginning()).isInstanceOfSatisfying(Beginning.Failed.class, failed -> {
                assertThat(failed.error().type()).isEqualTo("Function.IOException");
                assertThat(failed.error().body())
                        .isEqualTo("{\"errorMessage\":\"The function failed. Its own log says why.\","
                                + "\"errorType\":\"Function.IOException\",\"stackTrace\":[]}");
            });
            Incident incident = loop.incident();
            assertThat(incident.step()).isEqualTo(Step.HANDLE);
            assertThat(incident.requestId()).contains(invocation.requestId());
            assertThat(incident.cause()).hasMessage(SECRET);
        }
    }

    @Test
    void anExceptionInTheMiddleOfTheAnswerBreaksItOff() throws Exception {
        try (var _ = loop((_, response) -> {
            response.begin(OK).write(bytes("half"));
            throw new IOException(SECRET);
        })) {
            InputStream body = body(lambda.invoke(bytes("{}")));

            assertThat(body.readNBytes(FRAME.length() + 4)).asString().isEqualTo(FRAME + "half");
            BrokenResponse broken = catchThrowableOfType(BrokenResponse.class, body::read);
            assertThat(broken.error().type()).isEqualTo("Function.IOException");
            assertThat(broken.error().body())
                    .contains("\"errorType\":\"Function.IOException\"")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void anExceptionAfterTheAnswerLeavesItWhole() throws Exception {
        try (var loop = loop((invocation, response) -> {
            Answers.echo(invocation, response);
            response.end();
            throw new IOException(SECRET);
        })) {
            assertThat(answer(lambda.invoke(bytes("all")))).endsWith("all");
            assertThat(loop.incident().step()).isEqualTo(Step.HANDLE);
        }
    }

    @Test
    void anExceptionThatLeavesATryWithResourcesBreaksTheAnswerOffToo() throws Exception {
        try (var _ = loop((_, response) -> {
            try (OutputStream out = response.begin(OK)) {
                out.write(bytes("half"));
                throw new IOException(SECRET);
            }
        })) {
            assertThatThrownBy(() -> answer(lambda.invoke(bytes("{}")))).isInstanceOf(BrokenResponse.class);
        }
    }

    @Test
    void nothingIsWrittenAfterTheEnd() throws Exception {
        try (var loop = loop((_, response) -> {
            OutputStream out = response.begin(OK);
            out.write(bytes("all"));
            response.end();
            response.end();
            out.write(bytes("more"));
        })) {
            assertThat(answer(lambda.invoke(bytes("{}")))).isEqualTo(FRAME + "all");
            assertThat(loop.incident().cause()).hasMessage("the answer has ended");
        }
    }

    @Test
    void anEndWithoutABeginningIsABug() throws Exception {
        try (var loop = loop((_, response) -> response.end())) {
            assertThat(lambda.invoke(bytes("{}")).beginning()).isInstanceOf(Beginning.Failed.class);
            assertThat(loop.incident().cause()).hasMessage("the answer has not begun");
        }
    }

    @Test
    void anEmptyWriteEndsNothing() throws Exception {
        try (var _ = loop((_, response) -> {
            OutputStream out = response.begin(OK);
            out.write(new byte[0]);
            out.write('x');
        })) {
            assertThat(answer(lambda.invoke(bytes("{}")))).isEqualTo(FRAME + "x");
        }
    }

    @Test
    void aHandlerThatAnswersNothingIsAnError() throws Exception {
        try (var loop = loop((_, _) -> {})) {
            assertThat(lambda.invoke(bytes("{}")).beginning())
                    .isInstanceOfSatisfying(
                            Beginning.Failed.class,
                            failed -> assertThat(failed.error().type()).isEqualTo("Runtime.NoAnswer"));
            assertThat(loop.incident().cause()).hasMessage("the handler returned without an answer");
        }
    }

    @Test
    void aSecondBeginningIsABugThatBreaksTheAnswerOff() throws Exception {
        try (var loop = loop((_, response) -> {
            response.begin(OK);
            response.begin(prelude(500));
        })) {
            assertThatThrownBy(() -> answer(lambda.invoke(bytes("{}")))).isInstanceOf(BrokenResponse.class);
            assertThat(loop.incident().cause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the answer has begun already");
        }
    }

    @Test
    void aHeaderThatIsNoneIsAnErrorBeforeTheAnswer() throws Exception {
        try (var _ = loop((_, response) -> response.begin(prelude(200, "x", SECRET + "\r\n")))) {
            assertThat(lambda.invoke(bytes("{}")).beginning()).isInstanceOf(Beginning.Failed.class);
        }
    }

    @Test
    void anAnswerThatOutlivesItsInvocationGoesNowhere() throws Exception {
        BlockingQueue<ResponseStream> kept = new LinkedBlockingQueue<>();
        BlockingQueue<OutputStream> open = new LinkedBlockingQueue<>();
        try (var _ = loop((_, response) -> {
            kept.add(response);
            open.add(response.begin(OK));
        })) {
            answer(lambda.invoke(bytes("1")));
            answer(lambda.invoke(bytes("2")));

            assertThatThrownBy(() -> open.remove().write('x')).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> kept.remove().begin(OK)).hasMessage("the invocation is over");
        }
    }

    @Test
    void aStackThatOverflowsCostsOneInvocationOnly() throws Exception {
        try (var _ = loop((invocation, response) -> {
            if (invocation.event().bytes().length > 1) {
                throw new StackOverflowError();
            }
            Answers.echo(invocation, response);
        })) {
            assertThat(lambda.invoke(bytes("deep")).beginning()).isInstanceOf(Beginning.Failed.class);
            assertThat(answer(lambda.invoke(bytes("1")))).endsWith("1");
        }
    }

    @Test
    void aCustomerWhoDoesNotReadFailsAWriteBeforeTheProcessEnds() throws Exception {
        try (RuntimeApiEmulator brief = RuntimeApiEmulator.start(
                        InstantSource.system(), WriteLimits.LAST_SECONDS.plusMillis(300), calls);
                var loop = RunningLoop.direct(brief.address(), (Handler) (_, response) -> {
                    OutputStream out = response.begin(OK);
                    byte[] much = new byte[1024 * 1024];
                    while (true) {
                        out.write(much);
                    }
                })) {
            FunctionInvocation unread = brief.invoke(bytes("{}"));

            assertThat(loop.incident().cause()).isInstanceOf(IOException.class);
            calls.await(call -> call instanceof RuntimeCall.NextAsked, PATIENCE);
            assertThatThrownBy(() -> answer(unread)).isInstanceOf(BrokenResponse.class);
        }
    }

    @Test
    void anInterruptEndsALoopThatWaits() throws Exception {
        RunningLoop loop = loop(Answers::echo);
        calls.await(new RuntimeCall.NextAsked()::equals, PATIENCE);

        loop.interrupt();

        assertThat(loop.end()).isEqualTo(End.STOPPED);
        assertThat(End.STOPPED.exitStatus()).isZero();
    }

    @Test
    void anInterruptEndsALoopWhoseHandlerWaits() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        RunningLoop loop = loop((_, _) -> {
            handling.countDown();
            new CountDownLatch(1).await();
        });
        lambda.invoke(bytes("{}"));
        assertThat(handling.await(30, TimeUnit.SECONDS)).isTrue();

        loop.interrupt();

        assertThat(loop.end()).isEqualTo(End.STOPPED);
    }

    @Test
    void aRuntimeApiThatGoesAwayEndsTheLoop() throws Exception {
        RunningLoop loop = loop(Answers::echo);
        calls.await(new RuntimeCall.NextAsked()::equals, PATIENCE);

        lambda.close();

        assertThat(loop.end()).isEqualTo(End.API_GONE);
        assertThat(loop.incident().step()).isEqualTo(Step.API);
        assertThat(End.API_GONE.exitStatus()).isNotZero();
    }

    private RunningLoop loop(Handler handler) {
        return RunningLoop.direct(lambda.address(), handler);
    }

    private static InputStream body(FunctionInvocation invocation) throws InterruptedException {
        return switch (invocation.beginning()) {
            case Beginning.Begun(String _, InputStream body) -> body;
            case Beginning.Failed failed -> throw new AssertionError(failed);
        };
    }

    /** Prelude and body as one text. */
    private static String answer(FunctionInvocation invocation) throws Exception {
        return new String(body(invocation).readAllBytes(), StandardCharsets.UTF_8);
    }
}
