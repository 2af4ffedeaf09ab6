package network.cortensor.portal.operator.file;

import java.nio.file.Path;
import java.util.List;

/** A catalog file that cannot be used, with a line for each thing that is wrong. */
public sealed class BadCatalogFile extends Exception {
    private final List<String> lines;

    public BadCatalogFile(List<String> lines) {
        super(String.join(System.lineSeparator(), lines));
        this.lines = List.copyOf(lines);
    }

    /** There is nothing to judge: it is not there, may not be read, or is not in UTF-8. */
    public static final class Unreadable extends BadCatalogFile {
        Unreadable(Path file) {
            super(List.of(file + ": cannot be read (expected: a YAML file in UTF-8)"));
        }
    }

    public List<String> lines() {
        return lines;
    }
}
