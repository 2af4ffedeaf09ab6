package network.cortensor.portal.operator.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.operator.Operator;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.operator.file.CatalogFile;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The check for dangers is part of what a write is conditional on: what others do while somebody still thinks counts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DangerTest {
    private static final TableNames TABLES = TableNames.prefixed("Danger");
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private static final String CATALOG = """
        models:
          m: {state: live, contextLength: 10, maxOutputTokens: 5, promptFormat: plain, routes: [{pool: p, weight: 1}, {pool: q, weight: 1}]}
          n: {state: live, contextLength: 10, maxOutputTokens: 5, promptFormat: plain, routes: [{pool: r, weight: 1}], fallbackPools: [p]}
        pools:
          p: {state: live}
          q: {state: live}
          r: {state: live}
          spare: {state: live}
        targets:
          p:
            a: {routerUrl: "https://a.example", sessionId: 1, state: live}
          q:
            b: {routerUrl: "https://b.example", sessionId: 2, state: live}
            c: {routerUrl: "https://b.example", sessionId: 3, state: live}
          r:
            d: {routerUrl: "https://a.example", sessionId: 4, state: live}
        """;

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);

    @TempDir
    private Path folder;

    @BeforeEach
    void catalog() throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), CATALOG);
        CatalogFile wanted = CatalogFile.read(file, java.util.Map.of());
        new CatalogWriter(dynamo.client(), TABLES)
                .write(wanted.changesOf(stored(), Changes.Rest.GOES), new Edit(NOW, "test", "test"));
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    private StoredCatalog stored() {
        return StoredCatalog.read(dynamo.client(), TABLES);
    }

    private Operator operator() {
        return Operator.atProduction(dynamo.url(), "Danger");
    }

    /** Production asks for its name, and while somebody types it the other one is done. */
    private Operator.Outcome whileItIsConfirmed(String other, String... command) {
        ScriptedTerminal terminal = ScriptedTerminal.typing(80, "prod")
                .beforeAnswer(() -> assertThat(operator()
                                .run(with(other.split(" "), "--confirm", "prod"))
                                .exitCode())
                        .isZero());
        return operator().with(terminal).run(command);
    }

    private static String[] with(String[] command, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({
        "pause q, pause p",
        "drain q, pause p/a",
        "pause q/b q/c, drain p",
        "shift m q=0, pause p",
        "pause q, shift m p=0",
        "pause r, pause p",
        "drain p, apply FILE",
        "shift m p=0, apply FILE",
        "pause p/a, shift n r=0",
    })
    void whatTwoOperatorsWouldCloseTogetherIsRefusedToTheSecond(String first, String second) throws Exception {
        Path closesQ = Files.writeString(
                folder.resolve("closes-q.yaml"), CATALOG.replace("  q: {state: live}", "  q: {state: paused}"));

        Operator.Outcome outcome = whileItIsConfirmed(
                first, second.replace("FILE", closesQ.toString()).split(" "));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(outcome.err())
                .contains("is served now, and would have no open pool left")
                .contains("somebody else has changed the catalog meanwhile");
        assertThat(new ServedModels(stored().understood(), NOW).aliases())
                .allMatch(alias -> new ServedModels(stored().understood(), NOW).serves(alias));
    }

    static Stream<Arguments> handEdits() {
        return Stream.of(
                Arguments.of(CatalogKey.pool("q"), "state", AttributeValue.fromS("draining")),
                Arguments.of(CatalogKey.pool("q"), "state", AttributeValue.fromS("no such word")),
                Arguments.of(CatalogKey.target("q", "b"), "weight", AttributeValue.fromN("0")),
                Arguments.of(
                        CatalogKey.target("q", "b"), "sessionExpiresAt", AttributeValue.fromS("2026-01-01T00:00:00Z")),
                Arguments.of(CatalogKey.target("q", "b"), "sessionId", AttributeValue.fromN("3")),
                Arguments.of(CatalogKey.model("m"), "fallbackPools", AttributeValue.fromL(List.of())));
    }

    /** An edit by hand asks nobody; so the check is of what it left. */
    @ParameterizedTest
    @MethodSource("handEdits")
    void whatAnEditByHandHasClosedMeanwhileIsSeen(CatalogKey item, String field, AttributeValue value) {
        assertThat(operator().run("pause", "q/c", "--confirm", "prod").exitCode())
                .isZero();
        ScriptedTerminal terminal = ScriptedTerminal.typing(80, "prod")
                .beforeAnswer(() -> dynamo.client()
                        .updateItem(update -> update.tableName(TABLES.of(item.table()))
                                .key(Items.key(item))
                                .updateExpression("SET #field = :value")
                                .expressionAttributeNames(Map.of("#field", field))
                                .expressionAttributeValues(Map.of(":value", value))));

        Operator.Outcome outcome = operator().with(terminal).run("pause", "p");

        boolean closed = item.table() != CatalogTable.MODELS;
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(closed ? ExitCode.REFUSED.number() : 0);
    }

    @Test
    void ofTwoChangesOfOneItemTheSecondIsToldWhatTheFirstWas() {
        Operator.Outcome outcome = whileItIsConfirmed("shift m q=0", "shift", "m", "p=0");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFLICT.number());
        assertThat(outcome.err())
                .contains("model m: routes: ", "last signed by alice, portalctl shift")
                .contains("so nothing was written");
    }

    private static final Map<String, ItemValue> CLOSED = Map.of("state", ItemValue.of("draining"));

    static Stream<Arguments> closed() {
        return Stream.of(
                Arguments.of(CatalogKey.pool("q"), CLOSED, CatalogKey.pool("p")),
                Arguments.of(CatalogKey.pool("p"), CLOSED, CatalogKey.pool("q")),
                Arguments.of(CatalogKey.target("p", "a"), CLOSED, CatalogKey.pool("q")),
                Arguments.of(CatalogKey.pool("p"), CLOSED, CatalogKey.pool("r")),
                Arguments.of(
                        CatalogKey.model("n"), Map.of("fallbackPools", ItemValue.of(List.of())), CatalogKey.pool("r")),
                Arguments.of(
                        CatalogKey.target("p", "a"),
                        Map.of("sessionExpiresAt", ItemValue.of("2026-11-29T12:00:01Z")),
                        CatalogKey.pool("q")));
    }

    /** After the last look: the condition of the write has it all. */
    @ParameterizedTest
    @MethodSource("closed")
    void whatSomebodyElseHasClosedAfterTheLastLookIsSeenByTheWriteItself(
            CatalogKey closed, Map<String, ItemValue> how, CatalogKey second) {
        StoredCatalog read = stored();
        List<Change> changes = Changes.of(second, read.item(second).orElseThrow(), CLOSED);
        List<Guard> guards = Guards.of(read, changes, NOW);
        CatalogWriter writer = new CatalogWriter(dynamo.client(), TABLES);
        Edit edit = new Edit(NOW, "test", "test");
        writer.write(Changes.of(closed, read.item(closed).orElseThrow(), how), edit);

        assertThat(writer.write(changes, guards, edit, written -> {})).isEqualTo(new WriteOutcome.Overtaken(0));
    }

    /** The witness of the check has gone, and another one is there. */
    @ParameterizedTest
    @CsvSource({
        "pause q/b, pause p",
        "pause q/c, pause p",
        "degrade q, pause p",
        "drain spare, pause p",
        "pause r, drain q"
    })
    void whatDoesNoHarmTogetherIsWritten(String first, String second) {
        assertThat(whileItIsConfirmed(first, second.split(" ")).exitCode()).isZero();
    }

    @Test
    void whatIsMeantIsWrittenAllTheSame() {
        assertThat(whileItIsConfirmed("pause q", "pause", "p", "--force").exitCode())
                .isZero();
    }

    @Test
    void aRouteToAPoolThatIsRemovedAtThisMomentIsNotWritten() throws Exception {
        String without = CATALOG.replace("  spare: {state: live}\n", "");
        Path file = Files.writeString(folder.resolve("without.yaml"), without);

        Operator.Outcome outcome = whileItIsConfirmed("apply --prune " + file, "shift", "m", "spare=1");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(outcome.err()).contains("model m: routes[2].pool: \"spare\" does not exist");
    }

    @Test
    void aPoolThatGetsARouteAtThisMomentIsNotRemoved() throws Exception {
        String without = CATALOG.replace("  spare: {state: live}\n", "");
        Path file = Files.writeString(folder.resolve("without.yaml"), without.replaceFirst("(?m)^  m: .*\n", ""));
        String keepsModels =
                Files.writeString(folder.resolve("kept.yaml"), without).toString();

        Operator.Outcome outcome = whileItIsConfirmed("shift n spare=1", "apply", "--prune", keepsModels);

        assertThat(file).exists();
        assertThat(outcome.exitCode()).isIn(ExitCode.REFUSED.number(), ExitCode.CONFLICT.number());
        assertThat(stored().item(CatalogKey.pool("spare"))).isPresent();
    }

    @Test
    void aModelMayBeRenamedIfItsOldNameLeadsToTheNewOne() throws Exception {
        String lost = Files.writeString(folder.resolve("lost.yaml"), CATALOG.replace("  m: {", "  m2: {"))
                .toString();
        String kept = Files.writeString(folder.resolve("kept.yaml"), CATALOG.replace("  m: {", "  m2: {aka: [m], "))
                .toString();
        String dropped = Files.writeString(folder.resolve("dropped.yaml"), CATALOG.replace("  m: {", "  m2: {"))
                .toString();

        Operator.Outcome refused = operator().run("apply", "--prune", lost, "--confirm", "prod");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(refused.out()).contains("model m: is served now, and would be gone");

        Operator.Outcome renamed = operator().run("apply", "--prune", kept, "--confirm", "prod");
        assertThat(renamed.exitCode()).as(renamed.err()).isZero();
        assertThat(operator().run("explain", "m").out()).startsWith("m2, asked for as m, for a nameless customer");

        Operator.Outcome taken = operator().run("apply", "--prune", dropped, "--confirm", "prod");
        assertThat(taken.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(taken.out()).contains("model m (another name of m2): is served now, and would be gone");
    }

    /** To those who route it has none, and a shift would write only its own. */
    @Test
    void routesThatNobodyCanReadAreNotWrittenOver() {
        AttributeValue bad = AttributeValue.fromL(List.of(AttributeValue.fromM(
                Map.of("pool", AttributeValue.fromS("p"), "weight", AttributeValue.fromS("one")))));
        dynamo.client()
                .updateItem(update -> update.tableName(TABLES.models())
                        .key(Items.key(CatalogKey.model("m")))
                        .updateExpression("SET routes = :bad")
                        .expressionAttributeValues(Map.of(":bad", bad)));

        Operator.Outcome outcome = operator().run("shift", "m", "q=5", "--confirm", "prod");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FOUND.number());
        assertThat(outcome.err())
                .contains("model m: routes[0].weight: \"one\" (expected: a whole number >= 0)")
                .contains("its routes are not known, so nothing was written");
        assertThat(stored().item(CatalogKey.model("m")).orElseThrow()).containsEntry("routes", bad);
    }

    /** Both would be paused, because operators meant one of them to be another. */
    @Test
    void aSessionThatSomebodyElseHasGivenAwayMeanwhileIsNotGivenTwice() throws Exception {
        Operator.Outcome outcome = whileItIsConfirmed(
                "apply " + giving("r", "e"), "apply", giving("spare", "f").toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(outcome.err()).contains("target spare/f: sessionId: another target has the same router and session");
        assertThat(stored().item(CatalogKey.target("spare", "f"))).isEmpty();
    }

    @RepeatedTest(3)
    void ofTwoWhoGiveOneSessionAtTheSameInstantOneIsTold() throws Exception {
        String one = giving("r", "e").toString();
        String other = giving("spare", "f").toString();

        assertThat(atOnce(List.of("apply", one), List.of("apply", other)))
                .filteredOn(code -> code != 0)
                .isNotEmpty()
                .isSubsetOf(ExitCode.REFUSED.number(), ExitCode.FOUND.number());
    }

    private Path giving(String pool, String target) throws Exception {
        String item = target + ": {routerUrl: \"https://new.example\", sessionId: 9, state: live}";
        return Files.writeString(
                folder.resolve(pool + ".yaml"),
                CATALOG.contains("  " + pool + ":\n")
                        ? CATALOG.replace("  " + pool + ":\n", "  " + pool + ":\n    " + item + "\n")
                        : CATALOG + "  " + pool + ":\n    " + item + "\n");
    }

    @RepeatedTest(5)
    void ofTwoAtTheSameInstantOneIsRefused() throws Exception {
        assertThat(atOnce(List.of("pause", "p"), List.of("pause", "q")))
                .containsExactlyInAnyOrder(0, ExitCode.REFUSED.number());
    }

    private List<Integer> atOnce(List<String> one, List<String> other) throws Exception {
        CyclicBarrier bothHaveLooked = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Integer>> both =
                    List.of(() -> after(bothHaveLooked, one), () -> after(bothHaveLooked, other));
            List<Integer> codes = new ArrayList<>();
            for (var outcome : threads.invokeAll(both)) {
                codes.add(outcome.get());
            }
            return codes;
        }
    }

    private int after(CyclicBarrier bothHaveLooked, List<String> command) {
        ScriptedTerminal terminal = ScriptedTerminal.typing(80, "prod").beforeAnswer(() -> {
            try {
                bothHaveLooked.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return operator().with(terminal).run(command.toArray(String[]::new)).exitCode();
    }

    @Test
    void aTransactionThatAnotherHoldsIsTriedAgainAfter50MillisecondsAndThenTwiceAsLongEachTime() {
        FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
        AtomicInteger tries = new AtomicInteger();
        faulty.plan(request -> {
            if (request instanceof TransactWriteItemsRequest) {
                tries.incrementAndGet();
                return new Disturbance.Fails(TransactionCanceledException.builder()
                        .cancellationReasons(CancellationReason.builder()
                                .code("TransactionConflict")
                                .build())
                        .message("cancelled")
                        .build());
            }
            return Disturbance.NONE;
        });
        List<Duration> pauses = new ArrayList<>();

        org.assertj.core.api.Assertions.assertThatExceptionOfType(TransactionCanceledException.class)
                .isThrownBy(() -> new Transaction(faulty.client(), pauses::add).write(List.of()));

        assertThat(tries).hasValue(6);
        assertThat(pauses)
                .containsExactly(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(400),
                        Duration.ofMillis(800));
    }
}
