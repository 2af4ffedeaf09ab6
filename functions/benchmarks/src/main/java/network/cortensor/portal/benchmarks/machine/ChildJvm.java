package network.cortensor.portal.benchmarks.machine;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of its own that runs one of our mains and says in lines where it is. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param properties system properties */
    public static ChildJvm start(Class<?> main, List<String> options, Map<String, String> properties)
            throws IOException {
        return start(main.getName(), System.getProperty("java.class.path"), options, properties);
    }

    /**
     * One of a main of another build.
     *
     * @param properties system properties
     */
    public static ChildJvm start(String main, String classPath, List<String> options, Map<String, String> properties)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath, main));
        ProcessBuilder builder = new ProcessBuilder(command)
                // The product writes a log line per request there.
                .redirectError(ProcessBuilder.Redirect.to(
                        new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null")));
        builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
        return new ChildJvm(builder.start());
    }

    /**
     * The rest of the first line that begins so.
     *
     * @throws IOException if the process ends before it says that
     */
    public String await(String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length()).strip();
            }
        }
        throw new IOException("a process of the measurement has ended before it said '" + beginning + "'");
    }

    /** Says a line to it. */
    public void tell(String line) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** Lets it write on without anybody reading. */
    public void discardOutput() {
        Thread.ofVirtual().start(() -> {
            try {
                process.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // It has ended.
                return;
            }
        });
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public Duration processorTime() {
        return handle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The most memory that it ever had in use, in MiB. */
    public long peakMebibytes() throws IOException {
        return status("VmHWM:");
    }

    /** The memory that it has in use now, in MiB. */
    public long residentMebibytes() throws IOException {
        return status("VmRSS:");
    }

    private long status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
