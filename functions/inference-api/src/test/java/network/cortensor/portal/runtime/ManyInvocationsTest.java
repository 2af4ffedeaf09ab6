package network.cortensor.portal.runtime;

import static network.cortensor.portal.runtime.Answers.OK;
import static network.cortensor.portal.runtime.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

/** One process that serves many invocations at once. */
@Timeout(120)
class ManyInvocationsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONCURRENCY = 64;

    private final CallLog calls = new CallLog();
    private final RuntimeApiEmulator lambda =
            RuntimeApiEmulator.startManaged(InstantSource.system(), Duration.ofMinutes(5), calls, CONCURRENCY);

    ManyInvocationsTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        lambda.close();
    }

    @Test
    void oneWiringServesAsManyInvocationsAtOnceAsTheEnvironmentHasRoomFor() throws Exception {
        AtomicInteger wired = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(CONCURRENCY);
        try (var _ = RunningLoop.managed(lambda.address(), CONCURRENCY, _ -> {
            wired.incrementAndGet();
            return (invocation, response) -> {
                OutputStream out = response.begin(OK);
                all.countDown();
                all.await();
                out.write(invocation.event().bytes());
            };
        })) {
            List<FunctionInvocation> invocations = new ArrayList<>();
            for (int number = 0; number < CONCURRENCY; number++) {
                invocations.add(lambda.invoke(bytes("answer " + number)));
            }
            for (int number = 0; number < CONCURRENCY; number++) {
                assertThat(answer(invocations.get(number))).endsWith("\0answer " + number);
            }
            assertThat(wired).hasValue(1);
        }
    }

    @Test
    void itBecomesAnExtensionBeforeItAsksForInvocationsAndParksNoMoreThanItMay() throws Exception {
        try (var _ = managed(Answers::echo)) {
            awaitParked(CONCURRENCY);
            calls.await(new RuntimeCall.ExtensionReady("portal")::equals, PATIENCE);

            assertThat(calls.calls().getFirst()).isEqualTo(new RuntimeCall.ExtensionRegistered("portal"));
            assertThat(calls.calls())
                    .filteredOn(new RuntimeCall.NextAsked()::equals)
                    .hasSize(CONCURRENCY);
            assertThat(calls.calls()).doesNotContain(new RuntimeCall.RestoreAsked());
        }
    }

    @Test
    void hooksAroundASnapshotAreNotRun() throws Exception {
        try (var _ = RunningLoop.managed(lambda.address(), 1, hooks -> {
            hooks.beforeCheckpoint(() -> {
                throw new IOException("no snapshot is taken");
            });
            hooks.afterRestore(() -> {
                throw new IOException("nothing is restored");
            });
            return Answers::echo;
        })) {
            assertThat(answer(lambda.invoke(bytes("x")))).endsWith("x");
        }
    }

    @Test
    void aTimedOutInvocationFailsItsNextWriteAndCostsTheOthersNothing() throws Exception {
        CountDownLatch overdue = new CountDownLatch(1);
        CountDownLatch bystander = new CountDownLatch(1);
        try (RuntimeApiEmulator brief =
                        RuntimeApiEmulator.startManaged(InstantSource.system(), Duration.ofSeconds(1), calls, 2);
                var loop = RunningLoop.managed(brief.address(), 2, _ -> (invocation, response) -> {
                    OutputStream out = response.begin(OK);
                    if (invocation.event().bytes().length > 1) {
                        overdue.await();
                        while (true) {
                            out.write(invocation.event().bytes());
                        }
                    }
                    bystander.await();
                    out.write(invocation.event().bytes());
                })) {
            FunctionInvocation late = brief.invoke(bytes("late"));
            InputStream cut = body(late);
            assertThatThrownBy(cut::readAllBytes).isInstanceOf(BrokenResponse.class);

            FunctionInvocation other = brief.invoke(bytes("o"));
            InputStream whole = body(other);
            overdue.countDown();
            Incident incident = loop.incident();
            assertThat(incident.step()).isEqualTo(Step.HANDLE);
            assertThat(incident.requestId()).contains(late.requestId());
            assertThat(incident.cause()).isInstanceOf(InvocationOver.class);
            bystander.countDown();
            assertThat(new String(whole.readAllBytes(), StandardCharsets.UTF_8)).endsWith("o");
            assertThat(calls.calls()).contains(new RuntimeCall.Gone(late.requestId()));
        }
    }

    @Test
    void aLateAnswerNeverReachesANewerInvocationWithTheSameRequestId() throws Exception {
        BlockingQueue<CountDownLatch> gates = new LinkedBlockingQueue<>();
        try (var loop = managed((invocation, response) -> {
            CountDownLatch gate = new CountDownLatch(1);
            gates.add(gate);
            gate.await();
            response.begin(OK).write(invocation.event().bytes());
        })) {
            lambda.invoke(bytes("the old answer"), "7f");
            CountDownLatch old = gates.take();
            FunctionInvocation repeated = lambda.invoke(bytes("the new answer"), "7f");
            CountDownLatch newer = gates.take();

            old.countDown();
            assertThat(loop.incident().cause()).isInstanceOf(InvocationOver.class);
            newer.countDown();

            assertThat(answer(repeated)).endsWith("the new answer");
        }
    }

    @Test
    void aShutDownTakesNothingNewEndsWhatRunsAndIsOverWithTheLastOfIt() throws Exception {
        CountDownLatch streaming = new CountDownLatch(3);
        CountDownLatch ending = new CountDownLatch(1);
        RunningLoop loop = RunningLoop.managed(lambda.address(), CONCURRENCY, hooks -> {
            hooks.atEnd(ending::countDown);
            return (invocation, response) -> {
                OutputStream out = response.begin(OK);
                streaming.countDown();
                ending.await();
                out.write(bytes(
                        "the last event of " + new String(invocation.event().bytes(), StandardCharsets.UTF_8)));
            };
        });
        List<FunctionInvocation> running =
                List.of(lambda.invoke(bytes("one")), lambda.invoke(bytes("two")), lambda.invoke(bytes("three")));
        assertThat(streaming.await(60, TimeUnit.SECONDS)).isTrue();

        loop.shutDown();

        assertThat(loop.end()).isEqualTo(End.STOPPED);
        assertThat(answer(running.get(0))).endsWith("the last event of one");
        assertThat(answer(running.get(1))).endsWith("the last event of two");
        assertThat(answer(running.get(2))).endsWith("the last event of three");
        assertThat(calls.calls())
                .filteredOn(call -> call instanceof RuntimeCall.NextAnswered)
                .hasSize(3);
    }

    @Test
    void aRefusedRegistrationIsReportedAndServedAllTheSame() throws Exception {
        // An environment that has begun to serve already takes no extension any more.
        try (var _ = RunningLoop.managed(lambda.address(), 1, _ -> Answers::echo)) {
            awaitParked(1);
            try (var second = RunningLoop.managed(lambda.address(), 1, _ -> Answers::echo)) {
                Incident incident = second.incident();
                assertThat(incident.step()).isEqualTo(Step.API);
                assertThat(incident.cause()).hasMessage("the Runtime API answered 403");
                awaitParked(2);
            }
        }
    }

    @Test
    void onePollTooManyIsTriedAgainWhenThereIsRoom() throws Exception {
        try (RuntimeApiEmulator small =
                        RuntimeApiEmulator.startManaged(InstantSource.system(), Duration.ofMinutes(5), calls, 1);
                var loop = RunningLoop.managed(small.address(), 2, _ -> Answers::echo)) {
            assertThat(loop.incident().cause()).hasMessage("the Runtime API answered 500");
            assertThat(answer(small.invoke(bytes("served")))).endsWith("served");
        }
    }

    private RunningLoop managed(Handler handler) {
        return RunningLoop.managed(lambda.address(), CONCURRENCY, _ -> handler);
    }

    private void awaitParked(int count) {
        while (lambda.parked() < count) {
            Thread.onSpinWait();
        }
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
