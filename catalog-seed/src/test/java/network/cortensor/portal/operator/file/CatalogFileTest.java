package network.cortensor.portal.operator.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.operator.Operator;
import network.cortensor.portal.operator.frame.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogFileTest {
    private static final Path CATALOGS = Path.of(System.getProperty("portal.root"), "catalog-seed", "catalogs");

    private static final Map<String, String> ROUTERS = Map.of(
            "router-a", "http://localhost:5010",
            "router-b", "http://localhost:5011",
            "openai", "http://localhost:5012");

    private static final String GOOD = """
        models:
          m: {state: live, contextLength: 10, maxOutputTokens: 5, promptFormat: plain, routes: [{pool: p, weight: 1}]}
        pools:
          p: {state: live}
        targets:
          p:
            t: {routerUrl: "https://router.example:5010", sessionId: 1, state: live}
        """;

    @ParameterizedTest
    @ValueSource(strings = {"local", "dev", "staging", "prod"})
    void everyCatalogThatComesWithTheProductIsGood(String environment) throws BadCatalogFile {
        CatalogFile file = CatalogFile.read(CATALOGS.resolve(environment + ".yaml"), ROUTERS);

        assertThat(file.catalog().problems()).isEmpty();
        assertThat(file.catalog().aliases().keySet())
                .containsExactly("gemma-4-26b", "gpt-oss-120b", "gpt-oss-20b", "qwen-3.5-9b");
        assertThat(file.catalog().pools().keySet()).containsExactly("gemma4", "oss-120b", "oss-20b", "qwen");
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                Arguments.of("no YAML", "models: [", "c.yaml:1:10: while parsing a flow node"),
                Arguments.of("a doubled key", GOOD + "pools: {}\n", "c.yaml:8:6: Duplicate field 'pools'"),
                Arguments.of("no map", "- models", "c.yaml: empty or no map (expected: models, pools, targets)"),
                Arguments.of(
                        "a missing section", "models: {}\npools: {}", "c.yaml: targets: missing (expected: a map)"),
                Arguments.of(
                        "an unknown section",
                        GOOD + "routers: {}\n",
                        "c.yaml: routers: unknown (expected: models, pools, targets, plans)"),
                Arguments.of(
                        "a misspelt field",
                        GOOD.replace("p: {state: live}", "p: {state: live, queueSecond: 3}"),
                        "c.yaml: pool p: queueSecond: unknown (expected: one of [state, "),
                Arguments.of(
                        "an unknown state",
                        GOOD.replace("p: {state: live}", "p: {state: open}"),
                        "c.yaml: pool p: state: \"open\" (expected: one of live, degraded, draining, paused)"),
                Arguments.of(
                        "a dangling route",
                        GOOD.replace("pool: p,", "pool: q,"),
                        "c.yaml: model m: routes[0].pool: \"q\" does not exist (expected: the name of an item)"),
                Arguments.of(
                        "a negative weight",
                        GOOD.replace("weight: 1", "weight: -1"),
                        "c.yaml: model m: routes[0].weight: -1 (expected: a whole number >= 0)"),
                Arguments.of(
                        "a session id that is text",
                        GOOD.replace("sessionId: 1", "sessionId: \"one\""),
                        "c.yaml: target p/t: sessionId: \"one\" (expected: a whole number >= 0)"),
                Arguments.of(
                        "user info in an address",
                        GOOD.replace("https://router", "https://user:secret@router"),
                        "c.yaml: target p/t: routerUrl: "),
                Arguments.of(
                        "a session used twice",
                        GOOD + "    u: {routerUrl: \"https://router.example:5010\", sessionId: 1, state: live}\n",
                        "c.yaml: target p/t: sessionId: another target has the same router and session"),
                Arguments.of(
                        "an unknown variable",
                        GOOD.replace("https://router.example:5010", "${router-z}"),
                        "c.yaml: ${router-z}: unknown here (expected: one of [openai, router-a, router-b])"),
                Arguments.of(
                        "a plan without a limit",
                        GOOD + "plans:\n  free: {requestsPerMinute: 1, requestsPerWeek: 1, tokensPerWeek: unlimited}\n",
                        "c.yaml: plan free: requestsInFlight: missing (expected: a whole number from 1 to "),
                Arguments.of(
                        "a misspelt field of a plan",
                        GOOD + "plans:\n  free: {tokenPerWeek: 5}\n",
                        "c.yaml: plan free: tokenPerWeek: unknown (expected: one of [description, "),
                Arguments.of(
                        "a plan's name in capitals",
                        GOOD + "plans:\n  Free: {}\n",
                        "c.yaml: plan \"Free\": key: not a name (expected: "),
                Arguments.of(
                        "a name in capitals",
                        GOOD.replace("  p: {state", "  P: {state"),
                        "c.yaml: pool \"P\": key: not a name (expected: [a-z0-9][a-z0-9.-]{0,63})"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongFiles")
    void aWrongFileIsRefusedWithFileItemFieldAndExpectation(String name, String text, String complaint) {
        assertThatThrownBy(() -> CatalogFile.parse("c.yaml", text, ROUTERS))
                .isInstanceOfSatisfying(
                        BadCatalogFile.class,
                        bad -> assertThat(bad.lines())
                                .anySatisfy(line -> assertThat(line).startsWith(complaint)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"010", "0x10", "1_000", "0b11", "+5", "00", "1e3", "1.5e3", "5.", ".5", "!!int 010", "&id 017"})
    void aNumberThatYamlReadsAsAnotherIsRefused(String number) {
        String text = GOOD.replace("sessionId: 1", "sessionId: " + number);
        String written = number.replaceFirst("^[!&]\\S+ ", "");

        assertThatThrownBy(() -> CatalogFile.parse("c.yaml", text, ROUTERS))
                .isInstanceOfSatisfying(
                        BadCatalogFile.class,
                        bad -> assertThat(bad.lines())
                                .contains("c.yaml: target p/t: sessionId: " + written
                                        + " (expected: digits without leading zeros; in quotes, if a text is meant)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"190:20:30", "0o17", "08", "1,000", "_1", "-1", "1.5", ".inf", "1e", "１"})
    void whatIsNoNumberIsNoSession(String number) {
        String text = GOOD.replace("sessionId: 1", "sessionId: " + number);

        assertThatThrownBy(() -> CatalogFile.parse("c.yaml", text, ROUTERS)).isInstanceOf(BadCatalogFile.class);
    }

    @Test
    void numbersElsewhereAreReadAsTheyLookToo() {
        String text = GOOD.replace("weight: 1}", "weight: 010}")
                .replace("p: {state: live}", "p: {state: off, queueSeconds: 1_0.5}");

        assertThatThrownBy(() -> CatalogFile.parse("c.yaml", text, ROUTERS))
                .isInstanceOfSatisfying(
                        BadCatalogFile.class,
                        bad -> assertThat(bad.lines())
                                .contains(
                                        "c.yaml: model m: routes[0].weight: 010 (expected: digits without leading"
                                                + " zeros; in quotes, if a text is meant)",
                                        "c.yaml: pool p: queueSeconds: 1_0.5 (expected: digits without leading zeros;"
                                                + " in quotes, if a text is meant)",
                                        "c.yaml: pool p: state: off (expected: true or false; in quotes, if a text is"
                                                + " meant)"));
    }

    static Stream<Arguments> texts() {
        String noNumber = " (expected: digits without leading zeros; in quotes, if a text is meant)";
        return Stream.of(
                Arguments.of(".inf", ".inf" + noNumber),
                Arguments.of("-.INF", "-.INF" + noNumber),
                Arguments.of(".NaN", ".NaN" + noNumber),
                Arguments.of("190:20:30.5", "190:20:30.5" + noNumber),
                Arguments.of("*state", "*state (expected: the value itself; in quotes, if a text is meant)"),
                Arguments.of("!!null x", "the tag !!null (expected: a value without a tag)"),
                Arguments.of("!!binary aGk=", "the tag !!binary (expected: a value without a tag)"),
                Arguments.of("!colour red", "the tag !colour (expected: a value without a tag)"));
    }

    /** Where a text belongs, what the parser makes of these would be another text, or none. */
    @ParameterizedTest
    @MethodSource("texts")
    void aTextThatYamlReadsAsAnotherIsRefused(String written, String complaint) {
        String text = GOOD.replace("p: {state: live}", "p: {state: &state live}")
                .replace("promptFormat: plain", "promptFormat: plain, displayName: " + written);

        assertThatThrownBy(() -> CatalogFile.parse("c.yaml", text, ROUTERS))
                .isInstanceOfSatisfying(
                        BadCatalogFile.class,
                        bad -> assertThat(bad.lines()).contains("c.yaml: model m: displayName: " + complaint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"010\"", "'*state'", "!!str 010", "12:30:45", "2026-01-01", "0o17", "y", "\".inf\""})
    void aTextThatIsWhatItLooksLikeIsTaken(String written) throws BadCatalogFile {
        String text = GOOD.replace("promptFormat: plain", "promptFormat: plain, displayName: " + written);

        assertThat(CatalogFile.parse("c.yaml", text, ROUTERS).items().models().get("m"))
                .containsEntry("displayName", ItemValue.of(written.replaceAll("^!!str |[\"']", "")));
    }

    @Test
    void aNumberThatNoTableHoldsIsRefused() {
        String text = GOOD.replace("p: {state: live}", "p: {state: live, queueSeconds: 7." + "1".repeat(38) + "}");

        assertThatThrownBy(() -> CatalogFile.parse("c.yaml", text, ROUTERS))
                .isInstanceOfSatisfying(
                        BadCatalogFile.class,
                        bad -> assertThat(bad.lines())
                                .containsExactly("c.yaml: pool p: queueSeconds: 7." + "1".repeat(38)
                                        + " (expected: a number of at most 38 digits)"));
    }

    /** What stands behind the first would be left out, and removed by {@code apply --prune}. */
    @Test
    void aSecondDocumentIsRefused() {
        assertThatThrownBy(() -> CatalogFile.parse("c.yaml", GOOD + "---\npools: {q: {state: live}}\n", ROUTERS))
                .isInstanceOfSatisfying(
                        BadCatalogFile.class,
                        bad -> assertThat(bad.lines())
                                .containsExactly(
                                        "c.yaml: 2 documents (expected: one, so no line of --- between two parts)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"010", "[010]", "*x", "off", "!!set {a}", "", "~"})
    void aFileOfOneValueIsRefusedAsOne(String text) {
        assertThatThrownBy(() -> CatalogFile.parse("c.yaml", text, ROUTERS)).isInstanceOf(BadCatalogFile.class);
    }

    @Test
    void everyErrorOfAFileIsNamedAtOnce() {
        String text = GOOD.replace("state: live", "state: open");

        assertThatThrownBy(() -> CatalogFile.parse("c.yaml", text, ROUTERS))
                .isInstanceOfSatisfying(
                        BadCatalogFile.class, bad -> assertThat(bad.lines()).hasSize(3));
    }

    @Test
    void theToolPrintsWhatIsWrongAndNoStackTrace(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), GOOD.replace("pool: p,", "pool: q,"));

        Operator.Outcome outcome = Operator.anywhere().run("validate", file.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FOUND.number());
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .isEqualTo("c.yaml: model m: routes[0].pool: \"q\" does not exist (expected: the name of an item)\n");
    }

    @Test
    void aFileThatCannotBeReadIsAMistakeInTheCommandAndNoDifference(@TempDir Path folder) throws Exception {
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'#', (byte) 0xE9});
        for (String file : List.of(folder.resolve("none.yaml").toString(), folder.toString(), latin.toString())) {
            for (List<String> command :
                    List.of(List.of("validate"), List.of("diff", "-e", "local"), List.of("apply", "-e", "local"))) {
                List<String> args = new ArrayList<>(command);
                args.add(file);

                Operator.Outcome outcome = Operator.anywhere().run(args.toArray(String[]::new));

                assertThat(outcome.exitCode()).as("%s", args).isEqualTo(ExitCode.USAGE.number());
                assertThat(outcome.err()).isEqualTo(file + ": cannot be read (expected: a YAML file in UTF-8)\n");
            }
        }
    }

    @Test
    void aFileWithErrorsIsNoDifference(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), GOOD.replace("pool: p,", "pool: q,"));

        assertThat(Operator.anywhere()
                        .run("diff", "-e", "local", file.toString())
                        .exitCode())
                .isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void theToolCountsWhatAGoodFileHolds(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), GOOD);

        Operator.Outcome outcome = Operator.anywhere().run("validate", file.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).endsWith("c.yaml: 1 models, 1 pools, 1 targets, no errors\n");
    }
}
