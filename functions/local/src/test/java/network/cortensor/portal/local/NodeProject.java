package network.cortensor.portal.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of JavaScript with a lockfile, installed and run somewhere else, so that no package ever lies among sources.
 *
 * @param sources package.json, its lockfile and the tests
 * @param installed where they are copied to, with the packages beside them; kept from run to run while the lockfile stays
 */
record NodeProject(Path sources, Path installed) {
    private static final String LOCKFILE = "package-lock.json";

    /** Its packages could not be had. */
    static final class NotInstalled extends Exception {
        private final String reason;

        private NotInstalled(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** The major version of the Node on the path. */
    static Optional<Integer> nodeVersion() {
        try {
            Process node = new ProcessBuilder("node", "--version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return said.matches("v\\d+\\..*")
                    ? Optional.of(Integer.valueOf(said.substring(1, said.indexOf('.'))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void install(Duration patience) throws NotInstalled, IOException, InterruptedException {
        Files.createDirectories(installed);
        Path lockfile = installed.resolve(LOCKFILE);
        boolean packagesAreThere = Files.exists(lockfile) && Files.mismatch(lockfile, sources.resolve(LOCKFILE)) == -1;
        copy();
        if (packagesAreThere) {
            return;
        }
        Run run = run(List.of("npm", "ci"), Map.of(), patience);
        if (run.status() != 0) {
            Files.delete(lockfile);
            throw new NotInstalled("npm ci: " + run.output().lines().limit(3).toList());
        }
    }

    /** Runs all tests and returns what they print. */
    String test(Map<String, String> environment, Duration patience) throws IOException, InterruptedException {
        return run(List.of("npm", "--silent", "test"), environment, patience).output();
    }

    private void copy() throws IOException {
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, installed.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private record Run(int status, String output) {}

    /** Output goes to a file, so that a program that hangs is noticed while it says nothing. */
    private Run run(List<String> command, Map<String, String> environment, Duration patience)
            throws IOException, InterruptedException {
        Path log = installed.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(installed.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new Run(ended ? process.exitValue() : -1, Files.readString(log));
    }
}
