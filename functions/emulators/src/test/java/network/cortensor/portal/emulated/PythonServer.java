package network.cortensor.portal.emulated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A {@link PypiEmulators} as a process: installed under {@code target/servers} by the first who asks, started on a free port of the loopback address,
 * ended with the JVM. Every obstacle is an answer with its reason.
 */
final class PythonServer {
    private static final Path SERVERS = Path.of("target/servers").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private PythonServer() {}

    static Emulator start(PypiEmulators peer) {
        return start(peer, Map.of());
    }

    /** @param settings beside those that it always has */
    static Emulator start(PypiEmulators peer, Map<String, String> settings) {
        try {
            Optional<Python> python = Python.atLeast(peer.leastPython());
            if (python.isEmpty()) {
                return new Emulator.NotThere(
                        peer.title() + ": no Python 3." + peer.leastPython() + " or newer with venv and pip here");
            }
            Path environment = SERVERS.resolve(peer.title());
            Files.createDirectories(SERVERS);
            Said installed = python.get().install(environment, peer.requirements());
            if (installed.exit() != 0) {
                return new Emulator.NotThere(peer.title() + ": cannot be installed here: " + installed.lastLine());
            }
            return run(peer, environment, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Emulator.NotThere(peer.title() + ": interrupted");
        }
    }

    private static Emulator run(PypiEmulators peer, Path environment, Map<String, String> settings)
            throws IOException, InterruptedException {
        int port = freePort();
        Path home = Files.createTempDirectory(SERVERS, peer.title() + "-home");
        Path root = home.resolve("fs");
        peer.prepare(root);
        Path log = SERVERS.resolve(peer.title() + ".log");
        List<String> command =
                new ArrayList<>(List.of(environment.resolve("bin/python").toString()));
        command.addAll(peer.command(port));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> variables = new HashMap<>(peer.environment(port));
        settings.forEach((key, value) -> variables.put(key, value.replace("PORT", Integer.toString(port))));
        builder.environment().putAll(variables);
        builder.environment()
                .putAll(Map.of("HOME", home.toString(), "TMPDIR", home.toString(), "FILESYSTEM_ROOT", root.toString()));
        builder.environment().remove("AWS_ENDPOINT_URL");
        builder.environment().putAll(endpoint(variables));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        // Its first word may come before its port and its port before its services; a call waits for the rest.
        for (long waited = 0; waited < PATIENCE.toMillis(); waited += 200) {
            if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
                return new Emulator.NotThere(peer.title() + ": does not start: " + lastLine(log));
            }
            if (answers(port)) {
                String scheme = variables.containsKey("USE_SSL") ? "https" : "http";
                return new Emulator.There(peer.title(), URI.create(scheme + "://localhost:" + port));
            }
        }
        end(process);
        return new Emulator.NotThere(
                peer.title() + ": no answer after " + PATIENCE.toSeconds() + " s: " + lastLine(log));
    }

    private static Map<String, String> endpoint(Map<String, String> variables) {
        return Optional.ofNullable(variables.get("AWS_ENDPOINT_URL"))
                .map(url -> Map.of("AWS_ENDPOINT_URL", url))
                .orElse(Map.of());
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String lastLine(Path log) throws IOException {
        return new Said(0, Files.readString(log)).lastLine();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
