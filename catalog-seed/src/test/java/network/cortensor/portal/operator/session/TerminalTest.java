package network.cortensor.portal.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.EditVerdict;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.Sequence;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.operator.Operator;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.ssm.SsmEmulator;
import network.cortensor.portal.usage.Admission;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.RequestedUse;
import network.cortensor.portal.usage.Reservation;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The tool in a real terminal. {@code -Dportal.sessions=write} (as JAVA_TOOL_OPTIONS, for example) writes the sessions down as they are seen, to be read before they are committed.
 */
class TerminalTest {
    private static final TableNames TABLES = TableNames.prefixed("Session");

    /** So late that DynamoDB Local, which goes by the real time, deletes no slot as expired. */
    private static final Instant MORNING = Instant.parse("2099-11-29T08:00:00Z");

    private static final Path SESSIONS = Path.of("src/test/resources/sessions");

    /** What the function wrote of one request. */
    private static final String LINES = """
        {"event":"attempt","request_id":"ID","attempt":1,"pool":"oss-20b","target":"b-101","total_ms":1200,"outcome":"router_error","slot":"kept"}
        {"event":"attempt","request_id":"ID","attempt":2,"pool":"oss-20b","target":"a-102","first_token_ms":800,"total_ms":4000,"outcome":"ok","slot":"released"}
        {"event":"request","request_id":"ID","route":"/v1/chat/completions","front":"rest_api","status":200,"outcome":"ok","key_id":"key-acme","customer":"acme",\
        "alias":"gpt-oss-20b","catalog_age_ms":1900,"queue_wait_ms":0,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","gen_ai.request.model":"oss-20b"}
        """;

    private final SsmEmulator parameters = SsmEmulator.start(0);
    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create, List.of(parameters));

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        dynamo.close();
        parameters.close();
    }

    private Map<String, String> environment() {
        return Map.of(
                "PORTAL_ENVIRONMENT",
                "local",
                "AWS_ENDPOINT_URL",
                dynamo.url().toString(),
                "PORTAL_TABLE_MODELS",
                TABLES.models(),
                "PORTAL_TABLE_POOLS",
                TABLES.pools(),
                "PORTAL_TABLE_TARGETS",
                TABLES.targets(),
                "PORTAL_TABLE_TARGET_HEALTH",
                TABLES.targetHealth(),
                "PORTAL_TABLE_SESSION_SLOTS",
                TABLES.sessionSlots(),
                "PORTAL_TABLE_CATALOG_HISTORY",
                TABLES.catalogHistory(),
                "PORTAL_TABLE_API_KEYS",
                TABLES.apiKeys(),
                "PORTAL_TABLE_USAGE",
                TABLES.usage());
    }

    /** As the prober and traffic would have left it this morning. */
    private void evidence() throws Exception {
        DynamoHealth health = new DynamoHealth(dynamo.client(), TABLES, new SplittableRandom(1));
        health.beat(MORNING.plusSeconds(180));
        served(health, "a-101", "router-a.example:5010", "101", 600, 7);
        served(health, "a-102", "router-a.example:5010", "102", 1900, 12);
        TargetHealth failing = served(health, "b-101", "router-b.example:5010", "101", 300, 3);
        dynamo.client()
                .putItem(put -> put.tableName(TABLES.sessionSlots())
                        .item(Map.of(
                                "router",
                                AttributeValue.fromS("router-a.example:5010"),
                                "slot",
                                AttributeValue.fromS("102#1"),
                                "owner",
                                AttributeValue.fromS("0123456789abcdef0123456789abcdef"),
                                "takenAt",
                                AttributeValue.fromS(MORNING.plusSeconds(100).toString()),
                                "expiresAt",
                                AttributeValue.fromN(
                                        Long.toString(MORNING.plusSeconds(500).getEpochSecond())))));
        assertThat(failing.session().id()).isEqualTo("101");
    }

    private static TargetHealth served(
            DynamoHealth health, String target, String router, String session, int firstToken, int secondsAfter)
            throws Exception {
        TargetHealth seen = HealthFold.fold(
                TargetHealth.none(new network.cortensor.portal.model.Session(router, session)),
                new Observation.Served(Optional.of(Duration.ofMillis(firstToken))),
                MORNING.plusSeconds(secondsAfter));
        health.write(new TargetId("oss-20b", target), seen);
        return seen;
    }

    /** As catalog-history would have recorded it last night. */
    private void history() throws Exception {
        Map<String, AttributeValue> before = Map.of(
                "pool",
                AttributeValue.fromS("oss-20b"),
                "state",
                AttributeValue.fromS("live"),
                "queueSeconds",
                AttributeValue.fromN(BigDecimal.TEN.toPlainString()));
        Map<String, AttributeValue> after =
                Map.of("pool", AttributeValue.fromS("oss-20b"), "state", AttributeValue.fromS("live"));
        new DynamoHistory(dynamo.client(), TABLES.catalogHistory())
                .record(new HistoryEntry(
                        new HistoryEntry.Id(
                                CatalogKey.pool("oss-20b"), Sequence.parse("41").orElseThrow()),
                        new HistoryEntry.Edit(
                                MORNING.minusSeconds(40_000), Optional.of("bob"), Optional.of("as before")),
                        new HistoryEntry.Images(Optional.of(before), Optional.of(after)),
                        new EditVerdict(EditVerdict.Scope.CATALOG, List.of())));
    }

    /** A request of this morning whose customer asks what became of it: its key, its record, and the lines of its log. */
    private void complaint() throws Exception {
        RequestId id = RequestId.draw(MORNING.plusSeconds(250), new SplittableRandom(3));
        dynamo.client()
                .putItem(put -> put.tableName(TABLES.apiKeys())
                        .item(Map.of(
                                "keyHash", AttributeValue.fromS("0".repeat(64)),
                                "keyId", AttributeValue.fromS("key-acme"),
                                "customer", AttributeValue.fromS("acme"),
                                "plan", AttributeValue.fromS("free"),
                                "status", AttributeValue.fromS("active"))));
        Ledger ledger = new Ledger(
                new DynamoUsageTable(dynamo.client(), TABLES.usage(), problems -> {}),
                () -> id.at(),
                pause -> {},
                Ledger.Terms.PRODUCTION);
        Customer acme =
                new Customer("key-acme", "acme", new Plan("free", Limits.NONE, Limits.NONE), new AllowedModels.All());
        Admission admission = ledger.look(acme).admit(id, "gpt-oss-20b", new RequestedUse(71, 400));
        Reservation reservation = ((Admission.Admitted) admission).reservation();
        reservation.open();
        reservation.settle(
                new Ending(200, "ok", 2, Optional.of(Duration.ofMillis(2100)), Duration.ofMillis(5300)),
                new Tokens(71, 212, Basis.COUNTED));
        Files.writeString(folder.resolve("portal.log"), LINES.replace("ID", id.text()));
    }

    /** A day of operations, refusals with what to do instead, and results as programs read them. */
    @ParameterizedTest
    @CsvSource({"day, 80", "day, 160", "refusals, 80", "json, 160"})
    void aSessionLooksAsItIsWrittenDown(String name, int columns) throws Exception {
        Path written = SESSIONS.resolve(name + "-" + columns + ".txt");
        WrittenSession session = WrittenSession.read(written);
        evidence();
        history();
        complaint();
        Files.copy(SESSIONS.resolve("catalog.yaml"), folder.resolve("catalog.yaml"));
        List<String> commands = session.commands().stream()
                .map(command -> command.replace(
                                "catalog.yaml", folder.resolve("catalog.yaml").toString())
                        .replace("portal.log", folder.resolve("portal.log").toString()))
                .toList();
        Path file = Files.write(folder.resolve("commands"), commands, StandardCharsets.UTF_8);

        String seen;
        try (Pty pty = Pty.start(
                folder,
                columns,
                environment(),
                List.of(SessionShell.class.getName(), file.toString(), MORNING.toString()))) {
            answer(pty, session.typed());
            assertThat(pty.ended()).as(pty.text()).isZero();
            seen = pty.text();
        }
        String shown = session.written(seen.replace(folder + "/", ""));

        if ("write".equals(System.getProperty("portal.sessions"))) {
            Files.writeString(written, shown);
        }
        assertThat(shown).isEqualTo(Files.readString(written));
    }

    /** What the operators' document shows of that day is what the terminal shows. */
    @Test
    void theDocumentShowsWhatIsWrittenDown() throws Exception {
        List<String> day =
                commands(WrittenSession.read(SESSIONS.resolve("day-80.txt")).shown());
        List<String> begun = day.stream().map(TerminalTest::firstLine).toList();

        List<String> shown = commands(Files.readString(Path.of("README.md"))).stream()
                .filter(command -> begun.contains(firstLine(command)))
                .toList();

        assertThat(shown).hasSizeGreaterThan(8).isSubsetOf(day);
    }

    /** Each command with what it shows, until the next one or the end of its block. */
    private static List<String> commands(String text) {
        return Pattern.compile("(?ms)^\\$ portalctl .*?(?=^\\$ |^```|\\z)")
                .matcher(text)
                .results()
                .map(command -> command.group().strip())
                .toList();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Each line is typed when the command that it belongs to asks, and never before. */
    private static void answer(Pty pty, List<List<String>> typed) throws Exception {
        for (int command = 0; command < typed.size(); command++) {
            int number = command + 1;
            for (String line : typed.get(command)) {
                pty.await("command " + number + " asks", text -> asks(text, number));
                if (pty.text().endsWith("(unseen): ")) {
                    pty.awaitUnseen();
                }
                int before = pty.raw().length();
                pty.type(line + "\n");
                pty.await("an answer is taken", text -> pty.raw().length() > before);
            }
        }
    }

    private static boolean asks(String text, int command) {
        int begun = text.split("(?m)^\\$ portalctl ", -1).length - 1;
        return begun == command && (text.endsWith("] ") || text.endsWith(": "));
    }

    @Test
    void whatIsPipedOnHasNumbersAndNoBars() throws Exception {
        evidence();
        Operator operator = Operator.at(dynamo.url(), "Session");
        operator.with(ScriptedTerminal.piped(""))
                .run("apply", "--yes", SESSIONS.resolve("catalog.yaml").toString());

        String piped = operator.with(ScriptedTerminal.piped("")).run("status").out();
        String drawn = operator.with(ScriptedTerminal.typing(160)).run("status").out();

        assertThat(piped).contains("1/1", "1.9 s").doesNotContain("■", "□", "█", "\u001b", "…");
        assertThat(drawn).contains("■", "□", "█", "\u001b");
    }

    @Test
    void aViewIsWatchedUntilControlC() throws Exception {
        evidence();
        assertThat(Operator.at(dynamo.url(), "Session")
                        .with(ScriptedTerminal.piped(""))
                        .run("apply", "--yes", SESSIONS.resolve("catalog.yaml").toString())
                        .exitCode())
                .isZero();
        try (Pty pty = Pty.start(
                folder,
                100,
                environment(),
                List.of(
                        "-Dportalctl.terminal=ioe",
                        "network.cortensor.portal.operator.OperatorMain",
                        "status",
                        "--watch",
                        "1"))) {
            pty.await("three views", text -> pty.raw().split("\u001b\\[H\u001b\\[2J", -1).length > 3);
            assertThat(pty.text()).contains("FIRST TOKEN");
            pty.resize(40);
            pty.await("a narrow view", text -> narrow(pty.raw()));
            pty.type("\u0003");

            assertThat(pty.ended()).isEqualTo(130);
            assertThat(pty.text()).contains("prober: last tick").doesNotContain("Exception");
        }
    }

    /** Whether the newest view is whole and has left out what 40 columns have no room for. */
    private static boolean narrow(String raw) {
        String newest = raw.substring(raw.lastIndexOf("\u001b[H\u001b[2J"));
        return newest.contains("last tick") && newest.contains("SLOTS") && !newest.contains("FIRST TOKEN");
    }

    /** A terminal in which {@code portalctl} asks for a router's key. */
    private Pty credentialPut() throws Exception {
        Pty pty = Pty.start(
                folder,
                80,
                environment(),
                List.of(
                        "-Dportalctl.terminal=ioe",
                        "network.cortensor.portal.operator.OperatorMain",
                        "credential",
                        "put",
                        "router.example:5010"));
        pty.await("the prompt", text -> text.contains("(unseen):"));
        pty.awaitUnseen();
        return pty;
    }

    @Test
    void aKeyThatIsTypedUnseenIsShownNowhere() throws Exception {
        try (Pty pty = credentialPut()) {
            pty.type("s3cret-of-the-router\n");

            assertThat(pty.ended()).as(pty.text()).isZero();
            assertThat(pty.raw())
                    .contains("/portal/local/routers/router.example_5010/key: version 1 written")
                    .doesNotContain("s3cret");
        }
    }

    /** Ctrl-C, and Ctrl-D on an empty line, which is the end of the input. */
    @ParameterizedTest
    @CsvSource({"'\u0003', 130", "'\u0004', 2"})
    void whoTypesNoKeySeesAgainWhatIsTypedNext(String key, int exitCode) throws Exception {
        try (Pty pty = credentialPut()) {
            pty.type(key);

            assertThat(pty.ended()).as(pty.text()).isEqualTo(exitCode);
            assertThat(pty.left()).contains(" echo ", " icanon ");
            assertThat(pty.text()).doesNotContain("Exception", "version 1 written");
        }
    }

    /** A view that is watched shows the end of an outage, too. */
    @Test
    void aViewGoesOnAfterAnOutage() {
        ScriptedTerminal terminal = ScriptedTerminal.piped("");
        AtomicInteger views = new AtomicInteger();

        Operator.at(dynamo.url(), "Session")
                .waiting(InstantSource.system(), pause -> outage(views.incrementAndGet()))
                .with(terminal)
                .run("status", "--watch", "1");

        assertThat(terminal.complained()).containsOnlyOnce("; trying again").contains("ResourceNotFoundException");
        assertThat(terminal.written().split("no models|prober", -1))
                .as(terminal.written())
                .hasSizeGreaterThan(2);
    }

    private void outage(int view) throws InterruptedException {
        switch (view) {
            case 1 -> new TableSchema(TABLES).delete(dynamo.client());
            case 2 -> new TableSchema(TABLES).create(dynamo.client());
            default -> throw new InterruptedException("enough was seen");
        }
    }
}
