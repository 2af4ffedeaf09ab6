package network.cortensor.portal.benchmarks.function;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The function as it was at commit {@value #COMMIT}, with which later ones are compared: taken out of the repository's history into a temporary folder, built
 * there by Maven, and put together by a main of its own, because routers of this machine are none that the packaged function would speak to.
 */
public final class CommitBefore {
    /** The last one before a process could serve many streams. */
    public static final String COMMIT = "1114709360fb36a7d7ce43e2d62b8e0ece9fabc4";

    private static final String MAIN = "FunctionBefore";
    private static final long MINUTES = 10;

    private CommitBefore() {}

    /** What became of it. */
    public sealed interface Found {
        record Built(FunctionBuild build) implements Found {}

        /** @param reason as the rest of a sentence */
        record Missing(String reason) implements Found {}
    }

    /** Builds it, which takes a minute, unless {@code folder} holds it already. */
    public static Found build(Path folder) throws IOException, InterruptedException {
        Path classes = folder.resolve("classes").toAbsolutePath();
        if (!Files.exists(classes.resolve(MAIN + ".class"))) {
            Path here = Path.of("").toAbsolutePath();
            if (!run(here, "git", "cat-file", "-e", COMMIT + "^{commit}")) {
                return new Found.Missing(
                        "the history does not reach back to it (expected: a clone that is not shallow)");
            }
            Path source = Files.createDirectories(folder.resolve("source").toAbsolutePath());
            Path archive = folder.resolve("source.tar").toAbsolutePath();
            if (!run(here, "git", "archive", "--output", archive.toString(), COMMIT)
                    || !run(source, "tar", "--extract", "--file", archive.toString())) {
                return new Found.Missing(
                        "it could not be taken out of the history (expected: git and tar on the path)");
            }
            if (!packaged(source)) {
                return new Found.Missing(
                        "it could not be built (expected: Maven on the path, and its packages at hand or online)");
            }
            unpack(source.resolve("functions/inference-api/target/inference-api.zip"), folder.resolve("task"));
            compile(folder, classes);
        }
        return new Found.Built(new FunctionBuild(
                "commit " + COMMIT.substring(0, 7), MAIN, classes + File.pathSeparator + libraries(folder)));
    }

    /** Without a network first, which is quick where everything is at hand. */
    private static boolean packaged(Path source) throws IOException, InterruptedException {
        List<String> maven = List.of(
                "mvn",
                "-B",
                "-q",
                "-DskipTests",
                "-Dspotless.check.skip=true",
                "package",
                "-pl",
                "functions/inference-api",
                "-am");
        List<String> offline = new ArrayList<>(maven);
        offline.add(1, "-o");
        return run(source, offline.toArray(String[]::new)) || run(source, maven.toArray(String[]::new));
    }

    private static void unpack(Path zip, Path task) throws IOException {
        Path libraries = Files.createDirectories(task.resolve("lib"));
        try (FileSystem files = FileSystems.newFileSystem(zip);
                Stream<Path> all = Files.list(files.getPath("/lib"))) {
            for (Path library : all.toList()) {
                Files.copy(
                        library,
                        libraries.resolve(library.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void compile(Path folder, Path classes) throws IOException {
        Path source = folder.resolve(MAIN + ".java");
        try (InputStream text = CommitBefore.class.getResourceAsStream(MAIN + ".java.txt")) {
            if (text == null) {
                throw new IllegalStateException(MAIN + " is not in the package");
            }
            Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createDirectories(classes);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), "-cp", libraries(folder), source.toString());
        if (status != 0) {
            throw new IllegalStateException(MAIN + " does not fit to commit " + COMMIT);
        }
    }

    private static String libraries(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("task").resolve("lib"))) {
            return all.map(library -> library.toAbsolutePath().toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static boolean run(Path folder, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such program.
            return false;
        }
    }
}
