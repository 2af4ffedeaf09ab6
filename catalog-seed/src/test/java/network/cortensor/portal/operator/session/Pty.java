package network.cortensor.portal.operator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A Java program in a real pseudo-terminal, as util-linux's {@code script} makes one: what it prints is read, what is typed goes through the terminal's own
 * line editing and echo, and Ctrl-C is a key. Where there is no {@code script}, tests say that they were skipped; with {@code CI=true} they fail.
 */
final class Pty implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROWS = 60;

    /** Ends the name of the file with the terminal's settings after the program. */
    private static final String LEFT = ".left";

    private final Process process;
    private final OutputStream keys;
    private final Path ttyName;
    private final StringBuilder shown = new StringBuilder();

    private Pty(Process process, Path ttyName) {
        this.process = process;
        this.keys = process.getOutputStream();
        this.ttyName = ttyName;
        Thread.ofVirtual().start(this::read);
    }

    /**
     * Starts a main class of the test's class path.
     *
     * @param folder for what the test and the terminal tell one another
     * @param environment variables beside the test's own
     */
    static Pty start(Path folder, int columns, Map<String, String> environment, List<String> javaArguments)
            throws IOException {
        assumeThereIsScript();
        Path ttyName = folder.resolve("tty-" + columns + "-" + System.nanoTime());
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        java.addAll(javaArguments);
        Path launcher = Files.writeString(
                folder.resolve("launch-" + columns + "-" + System.nanoTime() + ".sh"),
                // As an operator's shell it outlives the program, whatever ends that.
                "trap : INT; stty cols " + columns + " rows " + ROWS + "; tty > " + quoted(ttyName.toString()) + "; "
                        + String.join(" ", java.stream().map(Pty::quoted).toList()) + "; code=$?; stty -a > "
                        + quoted(ttyName + LEFT) + "; exit $code\n");
        ProcessBuilder builder =
                new ProcessBuilder("script", "-q", "-e", "-c", "sh " + quoted(launcher.toString()), "/dev/null");
        builder.environment().putAll(environment);
        builder.environment().put("TERM", "xterm");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.redirectErrorStream(true);
        return new Pty(builder.start(), ttyName);
    }

    private static void assumeThereIsScript() {
        boolean there =
                List.of("/usr/bin/script", "/bin/script").stream().map(Path::of).anyMatch(Files::isExecutable);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("util-linux's script").isTrue();
        }
        assumeTrue(there, "no pseudo-terminal: util-linux's script is not installed");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private void read() {
        byte[] buffer = new byte[8192];
        StringBuilder undecoded = new StringBuilder();
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                undecoded.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                synchronized (shown) {
                    shown.setLength(0);
                    shown.append(new String(
                            undecoded.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            return;
        }
    }

    /** Everything that the terminal was sent so far, escape sequences included. */
    String raw() {
        synchronized (shown) {
            return shown.toString();
        }
    }

    /** The same as a person reads it: without colours, and with plain line ends. */
    String text() {
        return plain(raw());
    }

    static String plain(String raw) {
        return raw.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").replace("\r\n", "\n");
    }

    /** Returns when what was shown is so. */
    void await(String what, Predicate<String> seen) {
        await(what, () -> seen.test(text()));
    }

    private void await(String what, BooleanSupplier seen) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!seen.getAsBoolean()) {
            assertThat(Instant.now()).as("%s; shown so far: %s", what, text()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** Returns when what is typed is not shown. */
    void awaitUnseen() {
        await("a terminal without echo", () -> settings().contains("-echo "));
    }

    private String settings() {
        try {
            Process stty = new ProcessBuilder("stty", "-a")
                    .redirectInput(Path.of(Files.readString(ttyName).strip()).toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** As somebody pulls at the window. */
    void resize(int columns) throws IOException, InterruptedException {
        Process stty = new ProcessBuilder("stty", "cols", Integer.toString(columns))
                .redirectInput(Path.of(Files.readString(ttyName).strip()).toFile())
                .start();
        assertThat(stty.waitFor()).isZero();
    }

    /** The settings that the program left to whoever types next, as {@code stty -a} says them. */
    String left() throws IOException {
        return Files.readString(Path.of(ttyName + LEFT));
    }

    /** The program's exit code. */
    int ended() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("ended; shown: %s", text())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
