package network.cortensor.portal.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A function in a process of its own, as Lambda starts it: a command, and an environment that is given and not inherited. */
public final class FunctionProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    private FunctionProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static FunctionProcess start(List<String> command, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile("function", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new FunctionProcess(builder.start(), output);
    }

    /** Waits until it has ended by itself. */
    public int exitStatus() throws InterruptedException, IOException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running, after: " + output());
        }
        return process.exitValue();
    }

    /** What it has printed so far. */
    public String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.delete(output);
    }
}
