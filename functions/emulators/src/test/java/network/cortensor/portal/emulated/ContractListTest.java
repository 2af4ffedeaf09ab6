package network.cortensor.portal.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No contract is forgotten here: each test of the adapters that starts tables or a Parameter Store runs on others' emulations, too, and so does
 * each other test that lets a subclass say where its tables are.
 */
class ContractListTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("portal.root"), "portal.root"));
    private static final Path ADAPTERS = ROOT.resolve("functions/adapters");
    private static final Path HERE = ROOT.resolve("functions/emulators");

    private static final Pattern STARTS = Pattern.compile("(DynamoLocal\\.start\\w*|SsmEmulator\\.start)\\(");
    private static final Pattern ASKS_WHERE = Pattern.compile("(?m)^    DynamoHost host\\(");
    private static final Pattern EXTENDED = Pattern.compile("@OnEmulator\\b[^{]*? extends (\\w+)");

    @Test
    void everyTestOfTablesAndParametersRunsOnOthersEmulations() throws IOException {
        Stream<Path> contracts = tests().stream()
                .filter(test -> !test.startsWith(HERE))
                .filter(test -> (test.startsWith(ADAPTERS) && has(test, STARTS)) || has(test, ASKS_WHERE));
        Stream<String> here = tests().stream()
                .filter(test -> test.startsWith(HERE))
                .flatMap(test -> EXTENDED.matcher(text(test)).results())
                .map(extended -> extended.group(1));

        assertThat(here)
                .containsExactlyInAnyOrderElementsOf(
                        contracts.map(ContractListTest::name).toList());
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> functions = Files.walk(ROOT.resolve("functions"));
                Stream<Path> operators = Files.walk(ROOT.resolve("catalog-seed"))) {
            return Stream.concat(functions, operators)
                    .filter(file -> file.toString().matches(".*/src/test/java/.*Test\\.java"))
                    .toList();
        }
    }

    private static String name(Path test) {
        return String.valueOf(test.getFileName()).replace(".java", "");
    }

    private static boolean has(Path test, Pattern words) {
        return words.matcher(text(test)).find();
    }

    private static String text(Path test) {
        try {
            return Files.readString(test);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
