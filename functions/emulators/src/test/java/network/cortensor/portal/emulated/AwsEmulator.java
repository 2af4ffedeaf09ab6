package network.cortensor.portal.emulated;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * AWS's Runtime Interface Emulator with one function, from the source that drives the package of {@code inference-api} too
 * ({@code functions/inference-api/src/test/go/judge}).
 */
final class AwsEmulator implements AutoCloseable {
    private static final Duration BUILD = Duration.ofMinutes(5);

    private final Process process;
    private final Path output;
    private final int front;

    private AwsEmulator(Process process, Path output, int front) {
        this.process = process;
        this.output = output;
        this.front = front;
    }

    /** @return why it cannot be built here, if so; else {@code program} is it */
    static Optional<String> build(Path source, Path program) throws IOException, InterruptedException {
        Said built =
                Said.by(source, BUILD, Map.of("GOTOOLCHAIN", "local"), "go", "build", "-o", program.toString(), ".");
        return switch (built.exit()) {
            case 0 -> Optional.empty();
            case 127 -> Optional.of("Go is not installed");
            default -> Optional.of("AWS's emulator cannot be built here: " + built.lastLine());
        };
    }

    static AwsEmulator start(Path program, Map<String, String> environment, List<String> function) throws IOException {
        int front = freePort();
        Path output = Files.createTempFile("aws-emulator", ".log");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--runtime-api-address",
                "127.0.0.1:" + freePort(),
                "--runtime-interface-emulator-address",
                "127.0.0.1:" + front));
        command.addAll(function);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        AwsEmulator emulator = new AwsEmulator(builder.start(), output, front);
        while (!emulator.listens()) {
            if (!emulator.process.isAlive()) {
                throw new IllegalStateException("AWS's emulator ended: " + emulator.said());
            }
            Thread.onSpinWait();
        }
        return emulator;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Invokes the function as AWS's clients would. */
    String invoke(byte[] event) throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + front + "/2015-03-31/functions/function/invocations");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(url)
                                    .timeout(Duration.ofMinutes(2))
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(event))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    String said() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        Files.delete(output);
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
