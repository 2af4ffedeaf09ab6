package network.cortensor.portal.infra;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import network.cortensor.portal.infra.functions.FunctionPackage;

/** Packages with nothing in them, always the same, so that templates can be made before the functions are built. */
final class StandIns {
    private StandIns() {}

    /** @return a folder that looks like the project's after a build */
    static Path make() {
        try {
            Path root = Project.scratch("packages");
            for (FunctionPackage name : FunctionPackage.values()) {
                Path file = root.resolve(name.path());
                Files.createDirectories(file.getParent());
                write(name, file);
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(FunctionPackage name, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry("stand-in");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(name.name().getBytes(StandardCharsets.UTF_8));
        }
    }
}
