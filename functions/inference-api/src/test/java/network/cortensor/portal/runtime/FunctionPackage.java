package network.cortensor.portal.runtime;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Unpacks a function's zip as Lambda does, run bits included. */
public final class FunctionPackage {
    private FunctionPackage() {}

    public static void unpack(Path zip, Path directory) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
                Stream<Path> walk = Files.walk(files.getPath("/"))) {
            List<Path> all = walk.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                Path copy = directory.resolve(file.toString().substring(1));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
                Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(file));
            }
        }
    }
}
