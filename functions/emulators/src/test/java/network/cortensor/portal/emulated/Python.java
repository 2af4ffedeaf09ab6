package network.cortensor.portal.emulated;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Python 3 that can make environments of its own. */
record Python(String program) {
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Duration INSTALLATION = Duration.ofMinutes(12);

    /** @param minor the least minor version */
    static Optional<Python> atLeast(int minor) throws IOException, InterruptedException {
        for (String program : programs()) {
            Said said = Said.by(
                    SHORT,
                    Map.of(),
                    program,
                    "-c",
                    "import sys, venv, ensurepip; sys.exit(0 if sys.version_info[:2] >= (3, " + minor + ") else 1)");
            if (said.exit() == 0) {
                return Optional.of(new Python(program));
            }
        }
        return Optional.empty();
    }

    /** On the path, and where pyenv keeps others. */
    private static List<String> programs() throws IOException {
        List<String> programs = new ArrayList<>(List.of("python3", "python3.14", "python3.13", "python3.12"));
        Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        if (Files.isDirectory(versions)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(versions, "3.1[2-4]*")) {
                found.forEach(
                        version -> programs.add(version.resolve("bin/python3").toString()));
            }
        }
        return programs;
    }

    /** Makes an environment with these packages, unless it is there; a half-made one is made anew. Of several processes one makes it. */
    Said install(Path environment, List<String> requirements) throws IOException, InterruptedException {
        Path lock = environment.resolveSibling(environment.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            return installed(environment, requirements);
        }
    }

    private Said installed(Path environment, List<String> requirements) throws IOException, InterruptedException {
        Path mark = environment.resolve("installed.txt");
        String wanted = String.join("\n", requirements);
        if (Files.exists(mark) && Files.readString(mark).equals(wanted)) {
            return new Said(0, "");
        }
        Said made = Said.by(INSTALLATION, Map.of(), program, "-m", "venv", "--clear", environment.toString());
        if (made.exit() != 0) {
            return made;
        }
        List<String> pip = new ArrayList<>(List.of(
                environment.resolve("bin/python").toString(),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--no-input",
                "--retries",
                "1",
                "--timeout",
                "20"));
        pip.addAll(requirements);
        Said installed = Said.by(INSTALLATION, Map.of(), pip.toArray(String[]::new));
        if (installed.exit() == 0) {
            Files.writeString(mark, wanted);
        }
        return installed;
    }
}
