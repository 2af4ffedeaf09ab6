package network.cortensor.portal.benchmarks.split;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import network.cortensor.portal.benchmarks.function.FunctionGround;
import network.cortensor.portal.benchmarks.function.MeasuredFunction;
import network.cortensor.portal.benchmarks.function.TlsFront;
import network.cortensor.portal.benchmarks.start.UnpackedFunction;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.testkit.lambda.CallLog;
import network.cortensor.portal.testkit.lambda.FunctionInvocation.Beginning;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;
import network.cortensor.portal.testkit.lambda.RuntimeCall;

/**
 * The first chat after a restore, by the very package that Lambda gets: its wrapper starts it, it primes itself and asks to be restored. The processor time counts from there on: the restore's
 * hook, and one chat of 8 tokens with a router by TLS. There is no snapshot, so that all memory is at hand; on Lambda, loading what is touched of it comes on top.
 */
public final class FirstChat {
    private static final Path PACKAGE = Path.of("functions/inference-api/target/inference-api.zip");
    /** What Lambda is told; a request that has less than its pool allows is refused. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int TIMES = 5;
    private static final int TOKENS = 8;

    private FirstChat() {}

    /** What became of it. */
    public sealed interface Found {
        /**
         * Medians in milliseconds.
         *
         * @param processorTime of the function, until it may serve the next request
         * @param untilAnswer from the restore until the answer is whole
         */
        record Measured(double processorTime, double untilAnswer) implements Found {}

        /** @param reason as the rest of a sentence */
        record Missing(String reason) implements Found {}
    }

    /** What is done to the function's process when it is ready to be restored. */
    @FunctionalInterface
    public interface BeforeRestore {
        void done(ProcessHandle function) throws IOException;
    }

    /** @param mebibytes of memory that the function is told to have */
    public static Found measure(FunctionGround ground, int mebibytes, BeforeRestore before)
            throws IOException, InterruptedException {
        if (!Files.exists(PACKAGE)) {
            return new Found.Missing("there is no package (expected: built by the same command)");
        }
        if (ground.tls().isEmpty()) {
            return new Found.Missing("there is no router by TLS (expected: a network address of this machine's own)");
        }
        UnpackedFunction function = UnpackedFunction.unpack(PACKAGE);
        try {
            List<Found.Measured> all = new ArrayList<>();
            for (int time = 0; time < TIMES; time++) {
                all.add(once(function, environment(ground, ground.tls().get(), mebibytes), before, ground));
            }
            return new Found.Measured(
                    median(all, Found.Measured::processorTime), median(all, Found.Measured::untilAnswer));
        } finally {
            function.delete();
        }
    }

    private static double median(List<Found.Measured> all, ToDoubleFunction<Found.Measured> value) {
        return all.stream()
                .mapToDouble(value)
                .sorted()
                .skip(TIMES / 2)
                .findFirst()
                .orElse(0);
    }

    private static Found.Measured once(
            UnpackedFunction function,
            Map<String, String> environment,
            BeforeRestore beforeRestore,
            FunctionGround ground)
            throws IOException, InterruptedException {
        CallLog calls = new CallLog();
        Semaphore nextAsked = new Semaphore(0);
        try (RuntimeApiEmulator lambda = RuntimeApiEmulator.start(InstantSource.system(), PATIENCE, call -> {
            calls.accept(call);
            nextAsked.release(call instanceof RuntimeCall.NextAsked ? 1 : 0);
        })) {
            ProcessBuilder builder = new ProcessBuilder(function.wrapper().toString(), "java")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().put("AWS_LAMBDA_RUNTIME_API", lambda.address());
            Process process = builder.start();
            try {
                if (calls.await(new RuntimeCall.RestoreAsked()::equals, PATIENCE)
                        .isEmpty()) {
                    throw new IOException("the function did not ask to be restored, but " + calls.calls());
                }
                beforeRestore.done(process.toHandle());
                Duration before = processorTime(process);
                long restored = System.nanoTime();
                lambda.restore();
                answered(lambda, ground);
                Duration untilAnswer = Duration.ofNanos(System.nanoTime() - restored);
                // Before its answer, and when it may serve the next request.
                if (!nextAsked.tryAcquire(2, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IOException("the function did not ask for another request, but " + calls.calls());
                }
                return new Found.Measured(
                        SplitMain.millis(processorTime(process).minus(before), 1), SplitMain.millis(untilAnswer, 1));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static void answered(RuntimeApiEmulator lambda, FunctionGround ground)
            throws IOException, InterruptedException {
        byte[] event = MeasuredFunction.event(ground.keys().getFirst(), FunctionGround.SECURE, TOKENS);
        switch (lambda.invoke(event).beginning()) {
            case Beginning.Begun(String _, InputStream body) -> {
                String answer = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                if (!answer.contains("[DONE]")) {
                    throw new IOException("the first chat has no end: " + answer);
                }
            }
            case Beginning.Failed(var error) -> throw new IOException("the function failed: " + error.type());
        }
    }

    private static Duration processorTime(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Map<String, String> environment(FunctionGround ground, TlsFront tls, int mebibytes) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(mebibytes),
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_DYNAMODB", ground.dynamo().toString(),
                "AWS_ENDPOINT_URL_SSM", ground.ssm().toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "JAVA_TOOL_OPTIONS", tls.options()));
        variables().forEach((variable, value) -> environment.put(variable.key(), value));
        return environment;
    }

    private static Map<Variable, String> variables() {
        TableNames tables = TableNames.prefixed("Portal");
        Map<Variable, String> variables = new EnumMap<>(Variable.class);
        variables.put(Variable.ENVIRONMENT, "local");
        variables.put(Variable.REGION, "us-east-1");
        variables.put(Variable.TABLE_MODELS, tables.models());
        variables.put(Variable.TABLE_POOLS, tables.pools());
        variables.put(Variable.TABLE_TARGETS, tables.targets());
        variables.put(Variable.TABLE_TARGET_HEALTH, tables.targetHealth());
        variables.put(Variable.TABLE_SESSION_SLOTS, tables.sessionSlots());
        variables.put(Variable.TABLE_API_KEYS, tables.apiKeys());
        variables.put(Variable.TABLE_USAGE, tables.usage());
        variables.put(Variable.ROUTER_HOSTS, TlsFront.HOST);
        variables.put(Variable.PLAIN_HTTP_HOSTS, "none");
        variables.put(Variable.MODELS_OPEN, "true");
        return variables;
    }
}
