package network.cortensor.portal.operator.file;

import java.util.List;

/** A catalog file that cannot be used, with a line for each thing that is wrong. */
public final class BadCatalogFile extends Exception {
    private final List<String> lines;

    public BadCatalogFile(List<String> lines) {
        super(String.join(System.lineSeparator(), lines));
        this.lines = List.copyOf(lines);
    }

    public List<String> lines() {
        return lines;
    }
}
