package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.operator.frame.ExitCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The operators' tool as operators use it: at the whole local product, of which it knows one address. */
class OperatorToolTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DOCUMENT = Path.of(System.getProperty("portal.root"), "catalog-seed", "json.md");

    private static FastPortal fast;
    private static Tool tool;

    @BeforeAll
    static void start() throws Exception {
        fast = new FastPortal(1);
        tool = new Tool(fast.portal());
        fast.portal().prober().tick(Duration.ofMinutes(5));
    }

    @AfterAll
    static void stop() {
        fast.close();
    }

    @Test
    void statusShowsWhoIsDrainedAndWhatIsWrong() throws Exception {
        fast.portal()
                .dynamo()
                .client()
                .putItem(put -> put.tableName(fast.portal().tables().pools())
                        .item(Map.of("pool", AttributeValue.fromS("broken"), "state", AttributeValue.fromS("lively"))));
        assertThat(run("drain", "qwen/a-401", "--reason", "new fan").exitCode()).isZero();

        Outcome status = run("status", "qwen-3.5-9b");

        assertThat(status.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .matches(" +a-401 +draining +\\w+ +0/1 .*set on the target; (none in flight|drained)"))
                .anySatisfy(line -> assertThat(line).matches(" +b-401 +live +\\w+ +0/1 .*"))
                .contains(
                        "bad item: pool broken: state: \"lively\" (expected: one of live, degraded, draining, paused)");
        assertThat(run("resume", "qwen/a-401").exitCode()).isZero();
    }

    @Test
    void aShiftMovesWeightsAndKeepsOtherRoutes() throws Exception {
        assertThat(run("shift", "gemma-4-26b", "qwen=10").out())
                .contains("[{pool: gemma4, weight: 100}]  →  [{pool: gemma4, weight: 100}, {pool: qwen, weight: 10}]");
        assertThat(run("shift", "gemma-4-26b", "qwen=0").exitCode()).isZero();
        assertThat(run("shift", "gemma-4-26b", "gemma4=0").exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(run("shift", "gemma-4-26b", "nowhere=1").err())
                .isEqualTo("pool nowhere: does not exist (expected: a pool)\n");
    }

    @Test
    void theLastOpenPoolOfAModelIsTakenAwayOnlyByForce() {
        Outcome refused = run("pause", "gemma4");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(refused.out())
                .contains("! model gemma-4-26b: is served now, and would have no open pool left (gemma4 paused");
        assertThat(run("degrade", "gemma4").exitCode()).isZero();
        assertThat(run("resume", "gemma4").exitCode()).isZero();
    }

    @Test
    void aPausedTargetIsProbedByTheFunctionThatTheStackNames() {
        assertThat(run("pause", "oss-20b/b-102").exitCode()).isZero();

        Outcome probe = run("probe", "oss-20b/b-102");

        assertThat(probe.out()).startsWith("target oss-20b/b-102: passed, first token after ");
        assertThat(run("probe", "oss-20b/nobody").err()).startsWith("target oss-20b/nobody: does not exist");
        assertThat(run("resume", "oss-20b/b-102").exitCode()).isZero();
    }

    @Test
    void aRoutersKeyGoesFromStandardInputIntoItsSecureStringAndNowhereElse() {
        PipedTerminal terminal = new PipedTerminal("sk-new-key\n");

        int exitCode = tool.run(terminal, "credential", "put", "https://Router.example:5010/base");

        assertThat(exitCode).isZero();
        assertThat(terminal.written()).isEqualTo("/portal/local/routers/router.example_5010/key: version 1 written\n");
        assertThat(terminal.written() + terminal.complained()).doesNotContain("sk-new-key");
        assertThat(parameter("/portal/local/routers/router.example_5010/key")).isEqualTo("sk-new-key");
        assertThat(run("credential", "put", "router.example").err())
                .isEqualTo("key: nothing was written (expected: one line of printable ASCII without blanks)\n");
    }

    @Test
    void errorsAreOneLineAndNoStackTrace() {
        assertThat(run("drain", "nix").err())
                .isEqualTo("nix: does not exist (expected: a model, a pool, or POOL/TARGET)\n");
        assertThat(run("status", "--nix").exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run("status", "--table-prefix", "Nowhere").err())
                .startsWith("AWS: DynamoDb answered ResourceNotFoundException: ")
                .hasLineCount(1);
    }

    @Test
    void whatIsDocumentedAsJsonIsWhatIsWritten(@TempDir Path folder) throws Exception {
        Path catalog = folder.resolve("exported.yaml");
        assertThat(run("export", catalog.toString()).exitCode()).isZero();

        assertShape("status", run("status", "--json", "gpt-oss-20b"));
        assertShape("diff, apply", run("degrade", "--json", "oss-120b/a-201"));
        assertShape("explain", run("explain", "--json", "gpt-oss-20b", "--customer", "bob"));
        assertShape("probe", run("probe", "--json", "oss-120b/a-201"));
        PipedTerminal key = new PipedTerminal("k\n");
        tool.run(key, "credential", "put", "--json", "json.example");
        assertShape("credential put", new Outcome(0, key.written(), ""));
        assertThat(run("resume", "oss-120b/a-201").exitCode()).isZero();
    }

    private record Outcome(int exitCode, String out, String err) {}

    private static Outcome run(String... args) {
        PipedTerminal terminal = new PipedTerminal();
        int exitCode = tool.run(terminal, args);
        return new Outcome(exitCode, terminal.written(), terminal.complained());
    }

    private static String parameter(String name) {
        try (var ssm = AwsClients.forRequests(
                        "us-east-1", StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .ssm(Optional.of(fast.portal().parameters().url()))) {
            return ssm.getParameter(get -> get.name(name).withDecryption(true))
                    .parameter()
                    .value();
        }
    }

    /** The example under a heading has every key that is written, and no other. */
    private static void assertShape(String heading, Outcome outcome) throws Exception {
        Matcher example = Pattern.compile("## " + heading + ".*?```json\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT));
        assertThat(example.find()).as(heading).isTrue();
        Set<String> documented = new TreeSet<>();
        Set<String> written = new TreeSet<>();
        paths("", JSON.readTree(example.group(1)), documented);
        paths("", JSON.readTree(outcome.out()), written);
        // Only what is empty in one of them may be missing there.
        assertThat(documented).as(heading).containsAll(written);
        assertThat(written).as(heading).containsAll(without(documented, "problems[]", "dangers[]"));
    }

    private static Set<String> without(Set<String> paths, String... prefixes) {
        Set<String> kept = new TreeSet<>(paths);
        for (String prefix : prefixes) {
            kept.removeIf(path -> path.startsWith("." + prefix));
        }
        return kept;
    }

    private static void paths(String at, JsonNode node, Set<String> found) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                found.add(at + "." + field.getKey());
                paths(at + "." + field.getKey(), field.getValue(), found);
            });
        }
        node.values().forEachRemaining(each -> {
            if (node.isArray()) {
                paths(at + "[]", each, found);
            }
        });
    }
}
