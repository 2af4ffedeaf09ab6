package network.cortensor.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One name, one thing: no two top-level types of all modules have the same simple name, tests included. */
class UniqueNamesTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("portal.root"), "portal.root"));

    @Test
    void everyTopLevelTypeHasANameOfItsOwn() throws IOException {
        assertThat(files().entrySet().stream()
                        .filter(name -> name.getValue().size() > 1)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .isEmpty();
    }

    private static Map<String, List<Path>> files() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().matches(".*/src/(main|test)/java/.*\\.java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .map(ROOT::relativize)
                    // A measurement unpacks and builds an earlier commit there.
                    .filter(file -> !file.toString().contains("target/"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .collect(Collectors.groupingBy(
                            file -> String.valueOf(file.getFileName()), TreeMap::new, Collectors.toList()));
        }
    }
}
