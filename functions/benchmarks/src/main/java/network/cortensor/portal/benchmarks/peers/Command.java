package network.cortensor.portal.benchmarks.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of another program.
 *
 * @param words the program and its arguments
 * @param folder where it runs
 * @param environment added to that of this process
 */
record Command(List<String> words, Path folder, Map<String, String> environment) {
    private static final int MINUTES = 10;

    static Command of(Path folder, String... words) {
        return new Command(List.of(words), folder, Map.of());
    }

    Command with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Command(words, folder, more);
    }

    /** Runs it to its end; returns what it printed. */
    String output() throws Unavailable, InterruptedException {
        try {
            Process process = builder()
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new Unavailable("`" + words.getFirst() + " …` failed: " + lastLine(output));
            }
            return output;
        } catch (IOException e) {
            throw new Unavailable("`" + words.getFirst() + "` could not be started");
        }
    }

    /** Starts it in the background; what it prints is discarded. */
    Process start() throws Unavailable {
        try {
            return builder()
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new Unavailable("`" + words.getFirst() + "` could not be started");
        }
    }

    /** Starts it in the background; its output is left to the caller. */
    Process startTalking() throws Unavailable {
        try {
            return builder().redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new Unavailable("`" + words.getFirst() + "` could not be started");
        }
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    private static String lastLine(String output) {
        return Arrays.stream(output.split("\n"))
                .filter(line -> !line.isBlank())
                .reduce((_, later) -> later)
                .orElse("it printed nothing");
    }
}
