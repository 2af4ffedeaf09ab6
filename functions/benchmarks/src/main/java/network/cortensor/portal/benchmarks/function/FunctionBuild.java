package network.cortensor.portal.benchmarks.function;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which build of the function is measured.
 *
 * @param words for a table
 * @param main of {@link FunctionMain}'s kind
 */
public record FunctionBuild(String words, String main, String classPath) {
    private static final Path PACKAGE = Path.of("functions/inference-api/target/inference-api.zip");

    /** The build that measures; without its package, as in a rehearsal, with all libraries of what measures. */
    public static final FunctionBuild THIS =
            new FunctionBuild("this build", FunctionMain.class.getName(), classPath(PACKAGE));

    /** Without libraries that the package has not: the JVM keeps a table of contents of each, some 4 MB of heap in all. */
    private static String classPath(Path zip) {
        Path repository = Path.of("").toAbsolutePath();
        Set<String> packaged = libraries(zip);
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> packaged.isEmpty()
                        || Path.of(entry).toAbsolutePath().startsWith(repository)
                        || packaged.contains(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Set<String> libraries(Path zip) {
        if (!Files.exists(zip)) {
            return Set.of();
        }
        try (FileSystem files = FileSystems.newFileSystem(zip);
                Stream<Path> all = Files.list(files.getPath("/lib"))) {
            return all.map(library -> library.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(zip + " cannot be read", e);
        }
    }

    /** As the wrapper has them; {@code -Dportal.function.options} adds others, such as a profiler's. */
    List<String> options(int mebibytes) {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx" + mebibytes * 3 / 4 + "m",
                "-Xms40m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:CompileThresholdScaling=0.1",
                "-XX:-UsePerfData"));
        Arrays.stream(System.getProperty("portal.function.options", "").split(" "))
                .filter(option -> !option.isEmpty())
                .forEach(options::add);
        return options;
    }
}
