package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.operator.Portalctl;
import network.cortensor.portal.operator.frame.Workplace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The documents: every link leads somewhere, every command that they show is one. */
class DocumentsTest {
    private static final Path ROOT = DocumentBlocks.ROOT;
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern PROFILE = Pattern.compile("-P([a-z]+)");
    private static final Pattern PROPERTY = Pattern.compile("-D([a-zA-Z.]+)=?");
    private static final int LONGEST_README = 8 * 1024;

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().matches(".*/(target|node_modules|\\.git|results)/.*"))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyLinkLeadsToAFileAndAHeadingThatAreThere(Path document) {
        List<String> broken = new ArrayList<>();
        Matcher link = LINK.matcher(prose(document));
        while (link.find()) {
            String target = link.group(1);
            if (!target.matches("[a-z]+:.*") && !leadsSomewhere(document, target)) {
                broken.add(target);
            }
        }

        assertThat(broken).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyLineOfPortalctlIsOneThatItUnderstands(Path document) {
        List<String> wrong = new ArrayList<>();
        for (String line : commands(document, "portalctl")) {
            try {
                portalctl()
                        .parseArgs(DocumentBlocks.words(line).stream()
                                .skip(1)
                                .filter(word -> !word.equals("…"))
                                .map(word -> word.equals("$DYNAMODB") ? "http://localhost:8000" : word)
                                .toArray(String[]::new));
            } catch (CommandLine.ParameterException e) {
                wrong.add(line + ": " + e.getMessage());
            }
        }

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyLineOfMavenNamesProfilesAndPropertiesThatThePomsHave(Path document) throws IOException {
        String poms = poms();
        List<String> unknown = new ArrayList<>();
        for (String line : commands(document, "mvn")) {
            Matcher profile = PROFILE.matcher(line);
            while (profile.find()) {
                if (!poms.contains("<id>" + profile.group(1) + "</id>")) {
                    unknown.add("-P" + profile.group(1));
                }
            }
            Matcher property = PROPERTY.matcher(line);
            while (property.find()) {
                String name = property.group(1);
                if (!name.equals("skipTests") && !poms.contains(name)) {
                    unknown.add("-D" + name);
                }
            }
        }

        assertThat(unknown).isEmpty();
    }

    @Test
    void whoComesFirstReadsLittle() throws IOException {
        assertThat(Files.size(ROOT.resolve("README.md"))).isLessThanOrEqualTo(LONGEST_README);
    }

    private static boolean leadsSomewhere(Path document, String target) {
        String file = target.replaceFirst("#.*", "");
        Path there = file.isEmpty()
                ? document
                : Objects.requireNonNullElse(document.getParent(), Path.of(""))
                        .resolve(file)
                        .normalize();
        if (!Files.exists(ROOT.resolve(there))) {
            return false;
        }
        String anchor = URI.create(target).getFragment();
        return anchor == null || headings(there).contains(anchor);
    }

    private static Set<String> headings(Path document) {
        return prose(document)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The document without its blocks of code. */
    private static String prose(Path document) {
        return DocumentBlocks.text(document).replaceAll("(?ms)^```.*?^```$", "");
    }

    /** The commands of its blocks of code that call this program. */
    private static List<String> commands(Path document, String program) {
        return DocumentBlocks.commands(document).stream()
                .map(shown -> shown.command().replaceAll("(?<=--endpoint-url )…", "http://localhost"))
                .filter(command -> command.matches("(\\S*/)?" + program + " .*"))
                .toList();
    }

    private static CommandLine portalctl() {
        return Portalctl.commandLine(new Workplace(Map.of(), "alice", InstantSource.system(), new PipedTerminal("")));
    }

    private static String poms() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            return files.filter(file -> file.endsWith("pom.xml"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .map(DocumentBlocks::text)
                    .collect(Collectors.joining());
        }
    }
}
