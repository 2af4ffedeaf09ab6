package network.cortensor.portal.runtime;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * AWS's own emulator of Lambda (src/test/go/judge), with a function that it starts. It is built from AWS's Go module when it is first wanted in a
 * run, which takes some 10 s, and less where Go remembers the last time.
 */
final class JudgingEmulator implements AutoCloseable {
    private static final Path SOURCE = Path.of("src/test/go/judge");
    private static final Duration BUILD = Duration.ofMinutes(5);

    private static Optional<Path> program = Optional.empty();

    private final Process process;
    private final Path output;
    private final int runtimeApi;
    private final int front;
    private final HttpClient callers = HttpClient.newHttpClient();

    private JudgingEmulator(Process process, Path output, int runtimeApi, int front) {
        this.process = process;
        this.output = output;
        this.runtimeApi = runtimeApi;
        this.front = front;
    }

    /** The program, built by who asks first; where it cannot be had, the test that wants it is skipped with the reason. */
    static synchronized Path built() throws IOException, InterruptedException {
        if (program.isPresent()) {
            return program.get();
        }
        Optional<String> absence = absence();
        if (absence.isPresent()) {
            abort(absence.get());
        }
        Path built = build(Path.of(System.getProperty("portal.function.zip")).resolveSibling("judge"));
        program = Optional.of(built);
        return built;
    }

    private static Optional<String> absence() throws IOException, InterruptedException {
        try {
            Said version = run(List.of("go", "version"));
            if (version.status() != 0) {
                return Optional.of("Go does not run: " + version.lastLine());
            }
        } catch (IOException e) {
            return Optional.of("Go is not installed");
        }
        Said module = run(List.of("go", "mod", "download"));
        return module.status() == 0
                ? Optional.empty()
                : Optional.of("AWS's module cannot be had: " + module.lastLine());
    }

    private static Path build(Path target) throws IOException, InterruptedException {
        Path binary = target.resolve("judge").toAbsolutePath();
        Said built = run(List.of("go", "build", "-o", binary.toString(), "."));
        if (built.status() != 0) {
            throw new IllegalStateException("judge does not build: " + built.text());
        }
        return binary;
    }

    private record Said(int status, String text) {
        String lastLine() {
            return text.lines().reduce("nothing said", (before, line) -> line);
        }
    }

    /** Runs a command of Go's on the judge's source; no other Go is fetched for it. */
    private static Said run(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("judge", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(SOURCE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("GOTOOLCHAIN", "local");
        Process process = builder.start();
        try {
            int status = process.waitFor(BUILD.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
            return new Said(status, Files.readString(said, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly().onExit().join();
            Files.delete(said);
        }
    }

    /**
     * Starts it.
     *
     * @param environment the judge's own and, as Lambda has it, its function's
     * @param command starts the function
     */
    static JudgingEmulator start(Path binary, Map<String, String> environment, List<String> command)
            throws IOException {
        int runtimeApi = freePort();
        int front = freePort();
        Path output = Files.createTempFile("judge", ".log");
        List<String> all = new ArrayList<>(List.of(
                binary.toString(),
                "--log-level",
                "debug",
                "--runtime-api-address",
                "127.0.0.1:" + runtimeApi,
                "--runtime-interface-emulator-address",
                "127.0.0.1:" + front));
        all.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(new HashMap<>(environment));
        JudgingEmulator judge = new JudgingEmulator(builder.start(), output, runtimeApi, front);
        judge.awaitListening();
        return judge;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws IOException {
        while (process.isAlive()) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), front)) {
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException("judge ended: " + output());
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
    String runtimeApi() {
        return "127.0.0.1:" + runtimeApi;
    }

    /** Invokes the function and gives back what its caller gets. */
    <T> HttpResponse<T> invoke(String event, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return callers.send(invocation(event).build(), body);
    }

    HttpResponse<String> invoke(String event) throws IOException, InterruptedException {
        return invoke(event, BodyHandlers.ofString());
    }

    /** @param requestId the caller's choice */
    HttpResponse<String> invoke(String event, String requestId) throws IOException, InterruptedException {
        return callers.send(
                invocation(event).header("X-Amzn-RequestId", requestId).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder invocation(String event) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + front + "/2015-03-31/functions/function/invocations"))
                .timeout(Duration.ofMinutes(2))
                .POST(HttpRequest.BodyPublishers.ofString(event));
    }

    /** Calls the function, says half of the event and is gone. */
    void breakOffInTheMiddleOf(String half) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front)) {
            String head =
                    "POST /2015-03-31/functions/function/invocations HTTP/1.1\r\nHost: judge\r\nContent-Length: 100\r\n\r\n";
            socket.getOutputStream().write((head + half).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What it and its function have printed so far. */
    String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** Waits until it, or its function, has printed this so many times. */
    void awaitOutput(String text, int times) throws IOException {
        while (output().split(Pattern.quote(text), -1).length - 1 < times) {
            if (!process.isAlive()) {
                throw new IllegalStateException("judge ended: " + output());
            }
            Thread.onSpinWait();
        }
    }

    /** Kills the function's process and leaves Lambda as it is. */
    void killFunction() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends the environment as Lambda does, and waits until nothing of it is left. */
    void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        callers.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        Files.delete(output);
    }
}
