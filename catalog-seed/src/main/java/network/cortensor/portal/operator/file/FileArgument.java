package network.cortensor.portal.operator.file;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The catalog file that a command is about. */
public final class FileArgument {
    @Parameters(paramLabel = "FILE", description = "A catalog file in YAML.")
    private Path path = Path.of("");

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "The value of a variable in the file.")
    private Map<String, String> variables = Map.of();

    public Path path() {
        return path;
    }

    /** The file, read and checked. */
    public CatalogFile read() throws BadCatalogFile {
        return CatalogFile.read(path, variables);
    }
}
