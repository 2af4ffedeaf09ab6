package network.cortensor.portal.operator.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.operator.Operator;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.operator.edit.CatalogWriter;
import network.cortensor.portal.operator.edit.Change;
import network.cortensor.portal.operator.edit.Changes;
import network.cortensor.portal.operator.edit.StoredCatalog;
import network.cortensor.portal.operator.edit.WriteOutcome;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplyTest {
    private static final String CATALOG = """
        models:
          m: {state: live, contextLength: 10, maxOutputTokens: 5, promptFormat: plain, routes: [{pool: p, weight: 1}]}
        pools:
          p: {state: live, queueSeconds: 7.50}
          q: {state: paused}
        targets:
          p:
            t: {routerUrl: "https://router.example:5010", sessionId: 1, state: live}
            u: {routerUrl: "https://router.example:5010", sessionId: 2, state: live}
        """;

    private static final Edit EDIT = new Edit(Instant.parse("2026-11-01T00:00:00Z"), "alice", "why");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final DynamoHost dynamo = host(TableNames.prefixed("Apply0"));

    @TempDir
    private Path folder;

    private String prefix;
    private TableNames tables;
    private Operator operator;

    /** The other places where these tests run have another one. */
    DynamoHost host(TableNames names) {
        return DynamoLocal.startWith(new TableSchema(names)::create);
    }

    @AfterAll
    void stopDynamo() {
        dynamo.close();
    }

    @BeforeEach
    void tables() {
        prefix = "Apply" + NUMBER.incrementAndGet();
        tables = TableNames.prefixed(prefix);
        new TableSchema(tables).create(dynamo.client());
        operator = Operator.at(dynamo.url(), prefix);
    }

    @Test
    void theFirstSeedIsShownFieldByFieldAndAskedFor() throws Exception {
        Operator.Outcome outcome =
                operator.with(ScriptedTerminal.typing(80, "y")).run("apply", file(CATALOG));

        assertThat(withoutColours(outcome.err())).isEqualTo("Write 5 changes to local? [y/N] ");
        assertThat(withoutColours(outcome.out()))
                .startsWith("""
                    + pool p
                        state         live
                        queueSeconds  7.5
                    + pool q
                        state  paused
                    + target p/t
                        routerUrl  https://router.example:5010
                        sessionId  1
                        state      live
                    """)
                .endsWith("5 changes: 5 to add, 0 to change, 0 to remove\n5 changes written\n");
        assertThat(ItemValue.plain(Items.plain(item(CatalogKey.pool("p")))))
                .containsEntry("queueSeconds", new BigDecimal("7.5"))
                .containsEntry("updatedBy", "alice")
                .containsEntry("reason", "portalctl apply c.yaml");
    }

    @Test
    void whoeverSaysNoOrIsNotThereWritesNothing() throws Exception {
        String file = file(CATALOG);

        Operator.Outcome no = operator.with(ScriptedTerminal.typing(80, "n")).run("apply", file);
        Operator.Outcome nobody = operator.with(ScriptedTerminal.piped("y\n")).run("apply", file);

        assertThat(no.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(nobody.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(nobody.err()).isEqualTo("not confirmed, so nothing was written (expected: --yes, or a terminal)\n");
        assertThat(stored().items()).isEmpty();
    }

    @Test
    void aChangeShowsOldAndNewAndLeavesEveryOtherAttributeAlone() throws Exception {
        seed();
        Map<String, AttributeValue> noted = new HashMap<>(item(CatalogKey.pool("p")));
        noted.put("note", AttributeValue.fromS("ask carol before you touch this"));
        put(tables.pools(), noted);

        Operator.Outcome outcome = operator.run(
                "apply", "--yes", "--reason", "slow", file(CATALOG.replace("queueSeconds: 7.50", "maxAttempts: 2")));

        assertThat(outcome.out()).isEqualTo("""
            ~ pool p
                queueSeconds  7.5  →  –
                maxAttempts   –    →  2
            1 change written
            """);
        assertThat(ItemValue.plain(Items.plain(item(CatalogKey.pool("p")))))
                .containsEntry("maxAttempts", BigDecimal.TWO)
                .containsEntry("note", "ask carol before you touch this")
                .containsEntry("reason", "slow")
                .doesNotContainKey("queueSeconds");
    }

    @Test
    void whatTheFileDoesNotMentionStaysUnlessItIsToBePruned() throws Exception {
        seed();
        String smaller = file(CATALOG.replace("  q: {state: paused}\n", ""));

        Operator.Outcome kept = operator.run("diff", smaller);
        Operator.Outcome pruned = operator.run("apply", "--prune", "--yes", smaller);

        assertThat(kept.exitCode()).isZero();
        assertThat(kept.out()).isEqualTo("nothing to change\n");
        assertThat(pruned.out()).contains("- pool q\n", "    state      paused\n", "1 change written");
        assertThat(stored().item(CatalogKey.pool("q"))).isEmpty();
    }

    @Test
    void whatIsExportedIsFoundUnchanged() throws Exception {
        seed();
        put(
                tables.models(),
                Items.attributes(ItemValue.item(Map.of(
                        "alias",
                        "odd",
                        "state",
                        "live",
                        "contextLength",
                        BigDecimal.TEN,
                        "maxOutputTokens",
                        BigDecimal.ONE,
                        "promptFormat",
                        "plain",
                        "displayName",
                        "yes",
                        "family",
                        "${x} #1: \"a\"",
                        "description",
                        "two\nlines",
                        "released",
                        "2026-01-01",
                        "routes",
                        List.of(Map.of("pool", "p", "weight", BigDecimal.ONE))))));
        Path exported = folder.resolve("exported.yaml");

        Operator.Outcome export = operator.run("export", exported.toString());
        Operator.Outcome diff = operator.run("diff", "--prune", exported.toString());

        assertThat(export.err()).isEqualTo(exported + ": 6 items\n");
        assertThat(diff.out()).isEqualTo("nothing to change\n");
        assertThat(diff.exitCode()).isZero();
    }

    @Test
    void aModelWouldLoseItsLastOpenPoolOnlyByForce() throws Exception {
        seed();
        String fatal = file(CATALOG.replace("p: {state: live,", "p: {state: draining,"));

        Operator.Outcome refused = operator.run("apply", "--yes", fatal);
        Operator.Outcome forced = operator.run("apply", "--yes", "--force", fatal);

        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(refused.out()).endsWith("! model m: is served now, and would have no open pool left (p draining)\n");
        assertThat(refused.err()).isEqualTo("dangerous, so nothing was written (expected: --force, if it is meant)\n");
        assertThat(forced.exitCode()).isZero();
    }

    static Stream<Arguments> handEdits() {
        return Stream.of(
                Arguments.of("a shown field", "state", AttributeValue.fromS("paused"), "state: live → paused"),
                Arguments.of(
                        "a field that is not shown", "maxAttempts", AttributeValue.fromN("1"), "maxAttempts: – → 1"),
                Arguments.of(
                        "a field of another type",
                        "queueSeconds",
                        AttributeValue.fromS("7.5"),
                        "queueSeconds: 7.5 → 7.5"),
                Arguments.of(
                        "an emptied field", "streaming", AttributeValue.fromNul(true), "was written by somebody else"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("handEdits")
    void anEditByHandInTheMeantimeIsNeverWrittenOver(String name, String field, AttributeValue value, String told)
            throws Exception {
        seed();
        StoredCatalog shown = stored();
        List<Change> changes = changes(CATALOG.replace("queueSeconds: 7.50", "queueSeconds: 9"), shown);
        Map<String, AttributeValue> edited = new HashMap<>(item(CatalogKey.pool("p")));
        edited.put(field, value);
        put(tables.pools(), edited);

        WriteOutcome written = new CatalogWriter(dynamo.client(), tables).write(changes, EDIT);

        assertThat(written).isInstanceOfSatisfying(WriteOutcome.Conflicted.class, conflicted -> {
            assertThat(conflicted.count()).isZero();
            assertThat(conflicted.conflicts())
                    .singleElement()
                    .satisfies(conflict -> assertThat(conflict.lines())
                            .singleElement()
                            .asString()
                            .startsWith("pool p: ")
                            .contains(told));
        });
        assertThat(item(CatalogKey.pool("p"))).isEqualTo(edited);
    }

    @Test
    void ofTwoWhoApplyAtOnceOneWinsWhollyAndTheOtherIsToldWhatChanged() throws Exception {
        seed();
        for (int round = 0; round < 20; round++) {
            StoredCatalog shown = stored();
            List<List<Change>> both = List.of(
                    changes(
                            CATALOG.replace("7.50", "1" + round).replace("sessionId: 1,", "sessionId: 1" + round + ","),
                            shown),
                    changes(
                            CATALOG.replace("7.50", "2" + round).replace("sessionId: 2,", "sessionId: 2" + round + ","),
                            shown));
            List<WriteOutcome> results = atOnce(both);

            assertThat(results).filteredOn(WriteOutcome.All.class::isInstance).hasSize(1);
            int winner = results.get(0) instanceof WriteOutcome.All ? 0 : 1;
            assertThat(results.get(1 - winner)).isInstanceOfSatisfying(WriteOutcome.Conflicted.class, told -> {
                assertThat(told.count()).isZero();
                assertThat(told.conflicts().getFirst().lines().getFirst())
                        .startsWith("pool p: queueSeconds: ")
                        .contains("alice");
            });
            assertThat(stored().understood())
                    .isEqualTo(shown.after(both.get(winner)).understood());
        }
    }

    private List<WriteOutcome> atOnce(List<List<Change>> both) throws Exception {
        CountDownLatch start = new CountDownLatch(both.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<WriteOutcome>> running = both.stream()
                    .map(changes -> threads.submit(() -> {
                        start.countDown();
                        start.await();
                        return new CatalogWriter(dynamo.client(), tables).write(changes, EDIT);
                    }))
                    .toList();
            return List.of(running.get(0).get(), running.get(1).get());
        }
    }

    static Stream<Arguments> crashes() {
        return IntStream.range(0, 7)
                .boxed()
                .flatMap(number -> Stream.of(
                        Arguments.of(number, "nothing was sent", Disturbance.unreachable()),
                        Arguments.of(number, "the answer is lost", Disturbance.answerLost())));
    }

    @ParameterizedTest(name = "write {0}: {1}")
    @MethodSource("crashes")
    void aCrashAtAnyWriteIsRepairedByRunningItAgain(int number, String how, Disturbance crash) throws Exception {
        seed();
        put(tables.pools(), Items.attributes(ItemValue.item(Map.of("pool", "left-over", "state", "paused"))));
        String next = CATALOG.replace("7.50", "3")
                .replace("sessionId: 1,", "sessionId: 11,")
                .replace("sessionId: 2,", "sessionId: 22,")
                .replace("contextLength: 10", "contextLength: 20")
                .replace("  q: {state: paused}", "  r: {state: paused}");
        FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
        AtomicInteger writes = new AtomicInteger();
        faulty.plan(request -> request instanceof TransactWriteItemsRequest && writes.getAndIncrement() == number
                ? crash
                : Disturbance.NONE);

        boolean crashed = crashes(faulty.client(), next);
        faulty.heal();
        boolean again = crashes(faulty.client(), next);

        assertThat(crashed).isTrue();
        assertThat(again).isFalse();
        assertThat(changes(next, stored())).isEmpty();
        assertThat(Changes.between(stored(), Map.of(), Changes.Rest.GOES)).hasSize(5);
    }

    /** One change per transaction: as many places to crash at as there are changes. */
    private boolean crashes(DynamoDbClient client, String text) throws BadCatalogFile {
        List<Change> changes = CatalogFile.parse("c.yaml", text, Map.of())
                .changesOf(StoredCatalog.read(client, tables), Changes.Rest.GOES);
        try {
            assertThat(new CatalogWriter(client, tables, 1).write(changes, EDIT))
                    .isInstanceOf(WriteOutcome.All.class);
            return false;
        } catch (SdkException e) {
            return true;
        }
    }

    /** A hundred as one; the table of plans, which go last, is gone by then. */
    @Test
    void ofAWriteThatAwsRefusesInTheMiddleItIsSaidHowMuchOfItWasWritten() throws Exception {
        StringBuilder pools = new StringBuilder("  p: {state: live, queueSeconds: 7.50}\n");
        for (int number = 0; number < 98; number++) {
            pools.append("  r").append(number).append(": {state: paused}\n");
        }
        String plan =
                "plans:\n  free: {requestsPerMinute: 1, requestsPerWeek: 1, tokensPerWeek: 1, requestsInFlight: 1}\n";
        String file = file(CATALOG.replace("  p: {state: live, queueSeconds: 7.50}\n", pools.toString()) + plan);
        ScriptedTerminal terminal = ScriptedTerminal.typing(80, "y")
                .beforeAnswer(() -> dynamo.client().deleteTable(delete -> delete.tableName(tables.apiKeys())));

        Operator.Outcome outcome = operator.with(terminal).run("apply", file);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.AWS.number());
        assertThat(outcome.err())
                .contains("AWS: ", "ResourceNotFoundException")
                .endsWith("so only 100 of 104 was written (expected: look again, and repeat the command)\n");
        assertThat(dynamo.client().scan(scan -> scan.tableName(tables.pools())).count())
                .isEqualTo(100);
    }

    @Test
    void fieldsThatTheResultDoesNotHaveAreRefusedBeforeAnythingIsWritten() throws Exception {
        Operator.Outcome outcome = operator.run("apply", "--yes", file(CATALOG), "--json", "--fields", "writen");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(outcome.err())
                .isEqualTo("--fields: writen: unknown (expected: some of changes, dangers, written)\n");
        assertThat(stored().items()).isEmpty();
    }

    @Test
    void productionIsWrittenToOnlyByWhoeverKnowsItsName() throws Exception {
        String file = file(CATALOG);
        Operator production = Operator.atProduction(dynamo.url(), prefix);

        Operator.Outcome yes = production.run("apply", "--yes", file);
        Operator.Outcome wrong =
                production.with(ScriptedTerminal.typing(80, "y")).run("apply", file);
        Operator.Outcome typed =
                production.with(ScriptedTerminal.typing(80, "prod")).run("apply", file);

        assertThat(yes.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(yes.err()).contains("expected: --confirm prod, or a terminal");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(typed.exitCode()).isZero();
    }

    private static String withoutColours(String text) {
        return text.replaceAll("\u001b\\[\\d*m", "");
    }

    private String file(String text) throws Exception {
        return Files.writeString(folder.resolve("c.yaml"), text).toString();
    }

    private void seed() throws BadCatalogFile {
        assertThat(new CatalogWriter(dynamo.client(), tables).write(changes(CATALOG, stored()), EDIT))
                .isEqualTo(new WriteOutcome.All(5));
    }

    private static List<Change> changes(String text, StoredCatalog stored) throws BadCatalogFile {
        return CatalogFile.parse("c.yaml", text, Map.of()).changesOf(stored, Changes.Rest.STAYS);
    }

    private StoredCatalog stored() {
        return StoredCatalog.read(dynamo.client(), tables);
    }

    private Map<String, AttributeValue> item(CatalogKey key) {
        return stored().item(key).orElseThrow();
    }

    private void put(String table, Map<String, AttributeValue> item) {
        dynamo.client().putItem(put -> put.tableName(table).item(item));
    }
}
