package network.cortensor.portal.runtime;

import static network.cortensor.portal.runtime.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import network.cortensor.portal.runtime.Incident.Step;
import network.cortensor.portal.runtime.RuntimeLoop.End;
import network.cortensor.portal.testkit.lambda.FunctionInvocation.Beginning;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;
import network.cortensor.portal.testkit.lambda.RuntimeCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SnapStartTest {
    private static final String SECRET = "a key";

    /** What the function and the Runtime API did, in one order. */
    private final List<String> steps = new CopyOnWriteArrayList<>();

    private final RuntimeApiEmulator lambda =
            RuntimeApiEmulator.start(InstantSource.system(), Duration.ofMinutes(5), this::observe);

    SnapStartTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        lambda.close();
    }

    @Test
    void hooksRunAroundTheRestoreAndBeforeTheFirstInvocation() throws Exception {
        try (var _ = RunningLoop.snapStart(lambda.address(), this::wire)) {
            var invocation = lambda.invoke(bytes("{}"));
            lambda.restore();

            assertThat(invocation.beginning()).isInstanceOf(Beginning.Begun.class);
            assertThat(steps)
                    .startsWith(
                            "wire",
                            "before 1",
                            "before 2",
                            "RestoreAsked",
                            "Restored",
                            "after 1",
                            "after 2",
                            "NextAsked",
                            "NextAnswered",
                            "handle");
        }
    }

    @Test
    void withoutASnapshotNoHookRuns() throws Exception {
        try (var _ = RunningLoop.direct(lambda.address(), this::wire)) {
            assertThat(lambda.invoke(bytes("{}")).beginning()).isInstanceOf(Beginning.Begun.class);
            assertThat(steps).startsWith("wire", "NextAsked", "NextAnswered", "handle");
        }
    }

    @Test
    void aWiringThatFailsIsAnInitError() throws Exception {
        Wiring broken = _ -> {
            throw new IllegalStateException(SECRET);
        };
        try (var loop = RunningLoop.direct(lambda.address(), broken)) {
            assertThat(loop.end()).isEqualTo(End.INIT_FAILED);
            assertThat(steps).containsExactly("InitFailed Function.IllegalStateException");
            assertThat(loop.incident().step()).isEqualTo(Step.INIT);
        }
    }

    @Test
    void aClassThatCannotBeLoadedIsAnInitErrorToo() throws Exception {
        Wiring broken = _ -> {
            throw new NoClassDefFoundError("some/Class");
        };
        try (var loop = RunningLoop.snapStart(lambda.address(), broken)) {
            assertThat(loop.end()).isEqualTo(End.INIT_FAILED);
            assertThat(steps).containsExactly("InitFailed Function.NoClassDefFoundError");
        }
    }

    @Test
    void aHookThatFailsBeforeTheCheckpointIsAnInitError() throws Exception {
        Wiring broken = hooks -> {
            hooks.beforeCheckpoint(() -> {
                throw new IOException(SECRET);
            });
            return Answers::echo;
        };
        try (var loop = RunningLoop.snapStart(lambda.address(), broken)) {
            assertThat(loop.end()).isEqualTo(End.INIT_FAILED);
            assertThat(steps).containsExactly("InitFailed Function.IOException");
            assertThat(loop.incident().step()).isEqualTo(Step.CHECKPOINT);
        }
    }

    @Test
    void aHookThatFailsAfterTheRestoreIsARestoreError() throws Exception {
        Wiring broken = hooks -> {
            hooks.afterRestore(() -> {
                throw new IOException(SECRET);
            });
            return Answers::echo;
        };
        try (var loop = RunningLoop.snapStart(lambda.address(), broken)) {
            lambda.restore();

            assertThat(loop.end()).isEqualTo(End.RESTORE_FAILED);
            assertThat(End.RESTORE_FAILED.exitStatus()).isNotZero();
            assertThat(steps).containsExactly("RestoreAsked", "Restored", "RestoreFailed Function.IOException");
            assertThat(loop.incident().step()).isEqualTo(Step.RESTORE);
        }
    }

    private Handler wire(Hooks hooks) {
        steps.add("wire");
        hooks.beforeCheckpoint(() -> steps.add("before 1"));
        hooks.afterRestore(() -> steps.add("after 1"));
        hooks.beforeCheckpoint(() -> steps.add("before 2"));
        hooks.afterRestore(() -> steps.add("after 2"));
        return (invocation, response) -> {
            steps.add("handle");
            Answers.echo(invocation, response);
        };
    }

    private void observe(RuntimeCall call) {
        String name = call.getClass().getSimpleName();
        steps.add(
                switch (call) {
                    case RuntimeCall.InitFailed(var error) -> name + told(error.type(), error.body());
                    case RuntimeCall.RestoreFailed(var error) -> name + told(error.type(), error.body());
                    case RuntimeCall.NextAsked _,
                            RuntimeCall.NextAnswered _,
                            RuntimeCall.ResponseBegun _,
                            RuntimeCall.ResponseEnded _,
                            RuntimeCall.ResponseBroken _,
                            RuntimeCall.ErrorPosted _,
                            RuntimeCall.ExtensionRegistered _,
                            RuntimeCall.ExtensionReady _,
                            RuntimeCall.Gone _,
                            RuntimeCall.RestoreAsked _,
                            RuntimeCall.Restored _ -> name;
                });
    }

    private static String told(String type, String body) {
        assertThat(body).contains("\"errorType\":\"" + type + "\"").doesNotContain(SECRET);
        return " " + type;
    }
}
