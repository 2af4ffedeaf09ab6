package network.cortensor.portal.benchmarks.start;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.testkit.lambda.CallLog;
import network.cortensor.portal.testkit.lambda.FunctionInvocation;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;
import network.cortensor.portal.testkit.lambda.RuntimeCall;

/**
 * Starts of one function, each in a fresh process.
 *
 * @param event the first invocation
 */
record Starts(UnpackedFunction function, FunctionSurroundings surroundings, String event) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * How long one start took.
     *
     * @param untilSnapshot from the process's start until it asks to be restored; zero without SnapStart
     * @param untilNext from the process's start, or from its restore, until it asks for its first invocation
     * @param untilAnswer from there on, until the first answer is whole, the invocation given as soon as it is asked for
     */
    record Start(Duration untilSnapshot, Duration untilNext, Duration untilAnswer) {}

    Start plain() throws IOException, InterruptedException {
        CallLog calls = new CallLog();
        try (RuntimeApiEmulator lambda = RuntimeApiEmulator.start(InstantSource.system(), PATIENCE, calls)) {
            long start = System.nanoTime();
            Process process = process(surroundings.environment(lambda.address()));
            try {
                return served(lambda, calls, Duration.ZERO, start);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** The snapshot itself is left out: the process goes on as it is, with all its memory at hand. */
    Start snapStart() throws IOException, InterruptedException {
        CallLog calls = new CallLog();
        try (RuntimeApiEmulator lambda = RuntimeApiEmulator.start(InstantSource.system(), PATIENCE, calls)) {
            Map<String, String> environment = surroundings.environment(lambda.address());
            environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
            long start = System.nanoTime();
            Process process = process(environment);
            try {
                await(calls, new RuntimeCall.RestoreAsked());
                Duration untilSnapshot = since(start);
                long restored = System.nanoTime();
                lambda.restore();
                return served(lambda, calls, untilSnapshot, restored);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private Start served(RuntimeApiEmulator lambda, CallLog calls, Duration untilSnapshot, long start)
            throws IOException, InterruptedException {
        await(calls, new RuntimeCall.NextAsked());
        Duration untilNext = since(start);
        switch (lambda.invoke(event.getBytes(StandardCharsets.UTF_8)).beginning()) {
            case FunctionInvocation.Beginning.Begun begun -> {
                try (var body = begun.body()) {
                    body.transferTo(OutputStream.nullOutputStream());
                }
            }
            case FunctionInvocation.Beginning.Failed failed ->
                throw new IOException("the function failed: " + failed.error());
        }
        return new Start(untilSnapshot, untilNext, since(start));
    }

    private Process process(Map<String, String> environment) throws IOException {
        // What Lambda would have run without the wrapper.
        List<String> command = List.of(function.wrapper().toString(), "/var/lang/bin/java", "-jar", "managed.jar");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void await(CallLog calls, RuntimeCall call) throws IOException, InterruptedException {
        if (calls.await(call::equals, PATIENCE).isEmpty()) {
            throw new IOException("the function did not get as far as " + call + ", but " + calls.calls());
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
