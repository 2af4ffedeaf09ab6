package network.cortensor.portal.runtime;

import static network.cortensor.portal.runtime.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import network.cortensor.portal.testkit.lambda.CallLog;
import network.cortensor.portal.testkit.lambda.FunctionInvocation;
import network.cortensor.portal.testkit.lambda.FunctionInvocation.Beginning;
import network.cortensor.portal.testkit.lambda.ReportedError;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;
import network.cortensor.portal.testkit.lambda.RuntimeCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A function as Lambda sees it: a process, its calls of the Runtime API, and how it ends. */
@Timeout(120)
class ChildProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CallLog calls = new CallLog();
    private final RuntimeApiEmulator lambda =
            RuntimeApiEmulator.start(InstantSource.system(), Duration.ofMinutes(5), calls);

    ChildProcessTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        lambda.close();
    }

    @Test
    void aPlainStartGoesStraightToTheFirstInvocation() throws Exception {
        FunctionInvocation invocation = lambda.invoke(bytes("{}"));
        String id = invocation.requestId();
        try (FunctionProcess process = child(Map.of())) {
            awaitSecondPoll();

            assertThat(calls.calls())
                    .containsExactly(
                            new RuntimeCall.NextAsked(),
                            new RuntimeCall.NextAnswered(id),
                            new RuntimeCall.ResponseBegun(id),
                            new RuntimeCall.ResponseEnded(id),
                            new RuntimeCall.NextAsked());
            assertThat(process.output()).isEqualToIgnoringNewLines("init\nhandle\n");
        }
        assertThat(invocation.beginning()).isInstanceOf(Beginning.Begun.class);
    }

    @Test
    void aSnapshotIsTakenBetweenTheHooks() throws Exception {
        String id = lambda.invoke(bytes("{}")).requestId();
        try (FunctionProcess process = child(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"))) {
            calls.await(new RuntimeCall.RestoreAsked()::equals, PATIENCE);
            assertThat(process.output()).isEqualToIgnoringNewLines("init\ncheckpoint\n");

            lambda.restore();
            awaitSecondPoll();

            assertThat(calls.calls())
                    .containsExactly(
                            new RuntimeCall.RestoreAsked(),
                            new RuntimeCall.Restored(),
                            new RuntimeCall.NextAsked(),
                            new RuntimeCall.NextAnswered(id),
                            new RuntimeCall.ResponseBegun(id),
                            new RuntimeCall.ResponseEnded(id),
                            new RuntimeCall.NextAsked());
            assertThat(process.output()).isEqualToIgnoringNewLines("init\ncheckpoint\nrestore\nhandle\n");
        }
    }

    @Test
    void aFailedStartIsReportedAndEndsTheProcess() throws Exception {
        try (FunctionProcess process = child(Map.of("FAILS_AT", "init"))) {
            assertThat(process.exitStatus()).isEqualTo(1);
            assertThat(process.output()).isEqualToIgnoringNewLines("init\nincident INIT\n");
        }
        assertThat(calls.calls()).containsExactly(new RuntimeCall.InitFailed(error()));
    }

    @Test
    void aFailedHookBeforeTheSnapshotIsReportedAndEndsTheProcess() throws Exception {
        try (FunctionProcess process =
                child(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start", "FAILS_AT", "checkpoint"))) {
            assertThat(process.exitStatus()).isEqualTo(1);
        }
        assertThat(calls.calls()).containsExactly(new RuntimeCall.InitFailed(error()));
    }

    @Test
    void aFailedHookAfterTheRestoreIsReportedAndEndsTheProcess() throws Exception {
        lambda.restore();
        try (FunctionProcess process =
                child(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start", "FAILS_AT", "restore"))) {
            assertThat(process.exitStatus()).isEqualTo(1);
        }
        assertThat(calls.calls())
                .containsExactly(
                        new RuntimeCall.RestoreAsked(),
                        new RuntimeCall.Restored(),
                        new RuntimeCall.RestoreFailed(error()));
    }

    @Test
    void aRuntimeApiThatGoesAwayEndsTheProcess() throws Exception {
        try (FunctionProcess process = child(Map.of())) {
            calls.await(new RuntimeCall.NextAsked()::equals, PATIENCE);
            lambda.close();

            assertThat(process.exitStatus()).isEqualTo(1);
        }
    }

    private FunctionProcess child(Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("AWS_LAMBDA_RUNTIME_API", lambda.address());
        return FunctionProcess.start(ChildMain.command(), environment);
    }

    private void awaitSecondPoll() throws InterruptedException {
        calls.await(call -> call instanceof RuntimeCall.ResponseEnded, PATIENCE);
        calls.await(
                _ -> calls.calls().stream()
                                .filter(new RuntimeCall.NextAsked()::equals)
                                .count()
                        == 2,
                PATIENCE);
    }

    private static ReportedError error() {
        return new ReportedError("Function.IOException", """
            {"errorMessage":"The function failed. Its own log says why.","errorType":"Function.IOException","stackTrace":[]}\
            """);
    }
}
