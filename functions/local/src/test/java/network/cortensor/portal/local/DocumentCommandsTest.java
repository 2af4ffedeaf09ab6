package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import network.cortensor.portal.local.DocumentBlocks.Shown;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.operator.Portalctl;
import network.cortensor.portal.operator.frame.Workplace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents' blocks of code tell the reader to type is typed at the local product, in the order of the document, and what they show is held against what
 * comes: every line that is shown comes, but for its numbers, and for lines with words that change from run to run. What cannot be typed here is named with the reason.
 */
class DocumentCommandsTest {
    /** Commands, as regular expressions, with the reason why they are not typed here. */
    private static final Map<String, String> NOT_HERE = new LinkedHashMap<>();

    static {
        NOT_HERE.put("mvn .*", "is the build that runs this test, or a measurement of many minutes");
        NOT_HERE.put("(cd|npm|npx) .*", "deploys to an account of AWS; the build of infra-cdk runs the synthesis");
        NOT_HERE.put("aws .*", "needs an account of AWS");
        NOT_HERE.put(".*infra-cdk/smoke-test .*", "asks a deployment; SmokeTestTest asks the local product");
        NOT_HERE.put("(?!.* validate ).* -e (dev|staging|prod)\\b.*", "writes to tables in AWS, or reads them");
        NOT_HERE.put(".*portalctl (history|rollback) oss-20b/a-101 .*", "undoes an edit by hand; UndoTest makes one");
        NOT_HERE.put(".*portalctl usage .*", "sums up days of two customers; UsageCommandTest does");
    }

    /** The operators' document shows a recorded day, whose tables are its own: TerminalTest holds the document to it. */
    private static final Path OPERATORS = Path.of("catalog-seed", "README.md");

    private static final Set<String> DAY = lines(
            DocumentBlocks.ROOT.resolve(Path.of("catalog-seed", "src", "test", "resources", "sessions", "day-80.txt")));

    /** Keys and their hashes are drawn, ports are free ones, and health is what this run's probes have found. */
    private static final String CHANGES =
            ".*(ctk_local_|key-|expiry|localhost:|LAST SUCCESS|prober:|\\d\\. live, |slots in use|drained after|first token after|chatcmpl|object\":\"usage|\"limit\"|…).*";

    /** Blocks in other languages, with what they are and where that is checked. */
    private static final Map<String, String> OTHER_BLOCKS = Map.of(
            "python", "needs openai of PyPI; what the README's example prints is asked for here without it",
            "yaml", "configures a collector, which is no part of this product",
            "json", "is a shape; OperatorToolTest and the commands' own tests hold it against what is written");

    private static final Pattern EXAMPLE = Pattern.compile(
            "```python.*model=\"(?<model>[^\"]+)\", messages=\\[(?<message>\\{[^}]+})].*?```\n+prints\n+```\n(?<printed>[^\n]+)\n```",
            Pattern.DOTALL);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static FastPortal fast;
    /** How far the commands that wait have moved the tool's clock. */
    private static Duration waited = Duration.ZERO;

    @BeforeAll
    static void start() throws Exception {
        fast = new FastPortal(4);
        fast.portal().prober().tick(Duration.ofMinutes(5));
    }

    @AfterAll
    static void stop() {
        fast.close();
    }

    @TestFactory
    Stream<DynamicTest> whatADocumentTellsTheReaderToTypeWorks() throws IOException {
        return DocumentsTest.documents().stream()
                .flatMap(document -> DocumentBlocks.commands(document).stream()
                        .filter(shown -> whyNotHere(shown.command()).isEmpty())
                        .filter(shown -> !document.equals(OPERATORS) || !DAY.contains("$ " + shown.command()))
                        .map(shown -> DynamicTest.dynamicTest(document + ": " + shown.command(), () -> type(shown))));
    }

    /** A reason that no command needs any more would hide the next one that is wrong. */
    @TestFactory
    Stream<DynamicTest> everyReasonIsNeeded() throws IOException {
        List<String> commands = DocumentsTest.documents().stream()
                .flatMap(document -> DocumentBlocks.commands(document).stream())
                .map(Shown::command)
                .toList();
        return NOT_HERE.entrySet().stream()
                .map(reason -> DynamicTest.dynamicTest(
                        reason.getKey() + " " + reason.getValue(),
                        () -> assertThat(commands).anyMatch(command -> command.matches(reason.getKey()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("network.cortensor.portal.local.DocumentsTest#documents")
    void everyOtherBlockIsOfAKindThatIsNamed(Path document) {
        assertThat(DocumentBlocks.languages(document)).isSubsetOf(OTHER_BLOCKS.keySet());
    }

    /** By the request that the SDK makes of it; numbers count here, for the reader sees them. */
    @Test
    void theReadmesExamplePrintsWhatItSays() throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(DocumentBlocks.ROOT.resolve("README.md")));
        assertThat(example.find()).isTrue();
        try (HttpClient client = HttpClient.newHttpClient()) {
            JsonNode answer = JSON.readTree(CustomerCall.post(
                            client,
                            fast.base(Front.API_GATEWAY).resolve("/v1/chat/completions"),
                            "{\"model\":\"%s\",\"messages\":[%s]}"
                                    .formatted(example.group("model"), example.group("message")))
                    .body());

            assertThat(answer.at("/choices/0/message/content").asText() + " " + answer.at("/usage/total_tokens"))
                    .isEqualTo(example.group("printed"));
        }
    }

    private static Set<String> lines(Path file) {
        try {
            return Set.copyOf(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> whyNotHere(String command) {
        return NOT_HERE.entrySet().stream()
                .filter(reason -> command.matches(reason.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static void type(Shown shown) throws Exception {
        String program = shown.command().split(" ", 2)[0];
        switch (program.substring(program.lastIndexOf('/') + 1)) {
            case "portalctl" -> typeToTool(shown);
            case "curl" -> typeToShell(shown);
            default -> throw new AssertionError(shown.command() + " (expected: portalctl, curl, or a reason)");
        }
    }

    private static void typeToTool(Shown shown) {
        List<String> words = DocumentBlocks.words(shown.command()
                .replaceAll(" (-e|--environment|--endpoint-url|--table-prefix) \\S+", "")
                .replace(" catalog-seed/", " " + DocumentBlocks.ROOT.resolve("catalog-seed") + "/"));
        List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
        if (!arguments.contains("validate")) {
            arguments.addAll(List.of(
                    "-e",
                    "local",
                    "--endpoint-url",
                    fast.portal().dynamo().url().toString()));
        }
        PipedTerminal terminal = new PipedTerminal();
        InstantSource clock = () -> Instant.now().plus(waited);
        Workplace workplace = new Workplace(Map.of(), "alice", clock, terminal, pause -> waited = waited.plus(pause));
        int exitCode = Portalctl.commandLine(workplace).execute(arguments.toArray(String[]::new));
        String seen = terminal.written() + terminal.complained();

        boolean refused = shown.output().contains("so nothing was written");
        assertThat(exitCode != 0).as("exit code %d: %s", exitCode, seen).isEqualTo(refused);
        assertThat(alike(seen)).containsAll(alike(shown.output()));
    }

    private static void typeToShell(Shown shown) throws IOException, InterruptedException {
        Path output = Files.createTempFile("document", ".txt");
        ProcessBuilder shell = new ProcessBuilder(
                        Chromium.need("bash and curl", List.of("bash")).toString(),
                        "-c",
                        shown.command()
                                .replaceFirst("curl ", "curl -sS --fail-with-body ")
                                .replace(
                                        "http://localhost:8080/",
                                        fast.base(Front.API_GATEWAY).toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().put("KEY", FastPortal.KEY);
        Process process = shell.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
            String seen = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(seen).isZero();
            if (shown.output().startsWith("{")) {
                assertThat(fields(seen)).isEqualTo(fields(shown.output()));
            } else {
                assertThat(alike(seen)).containsAll(alike(shown.output()));
            }
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /** Documents break an object's lines where they can be read. */
    private static List<String> fields(String json) throws IOException {
        List<String> names = new ArrayList<>();
        JSON.readTree(json).fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The lines with what is the same in every run. */
    private static Set<String> alike(String text) {
        Set<String> lines = new TreeSet<>();
        text.lines()
                .filter(line -> !line.matches(CHANGES))
                .map(line -> line.replaceAll("\\d+(\\.\\d+)?", "0")
                        .replaceAll("\\s+", " ")
                        .strip())
                .filter(line -> !line.isEmpty())
                .forEach(lines::add);
        return lines;
    }
}
