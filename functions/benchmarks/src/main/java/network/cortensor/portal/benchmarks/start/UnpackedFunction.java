package network.cortensor.portal.benchmarks.start;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The function's zip, unpacked as Lambda does it.
 *
 * @param bytes of the zip
 * @param unpackedBytes of everything in it
 * @param task where it lies now
 */
public record UnpackedFunction(long bytes, long unpackedBytes, Path task) {

    public static UnpackedFunction unpack(Path zip) throws IOException {
        Path task = Files.createTempDirectory("task");
        long unpacked = 0;
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
                Stream<Path> walk = Files.walk(files.getPath("/"))) {
            List<Path> all = walk.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                Path copy = task.resolve(file.toString().substring(1));
                Files.createDirectories(copy.resolveSibling("."));
                Files.copy(file, copy);
                Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(file));
                unpacked += Files.size(copy);
            }
        }
        return new UnpackedFunction(Files.size(zip), unpacked, task);
    }

    public Path wrapper() {
        return task.resolve("bin").resolve("portal");
    }

    public void delete() throws IOException {
        try (Stream<Path> walk = Files.walk(task)) {
            for (Path each : walk.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(each);
            }
        }
    }
}
