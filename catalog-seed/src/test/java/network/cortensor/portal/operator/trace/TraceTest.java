package network.cortensor.portal.operator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.EditVerdict;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.Sequence;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.operator.Operator;
import network.cortensor.portal.operator.Operator.Outcome;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.operator.frame.Account;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.SignedCall;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.usage.Admission;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.RequestedUse;
import network.cortensor.portal.usage.Reservation;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A request of an hour ago, after which its model's catalog was changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceTest {
    private static final TableNames TABLES = TableNames.prefixed("Trace");
    private static final Instant THEN = Instant.parse("2099-11-29T11:00:00.250Z");
    private static final Instant SINCE = Instant.parse("2099-11-29T11:30:00Z");

    private static final String CATALOG = """
        models:
          m: {state: live, contextLength: 10, maxOutputTokens: 5, promptFormat: plain, routes: [{pool: new, weight: 1}], fallbackPools: [spare]}
          other: {state: live, aka: [oth], contextLength: 10, maxOutputTokens: 5, promptFormat: plain, routes: [{pool: spare, weight: 1}]}
        pools:
          old: {state: paused}
          new: {state: live}
          spare: {state: live, servesModel: oth}
        targets:
          old:
            a: {routerUrl: "https://a.example", sessionId: 1, state: paused}
          new:
            b: {routerUrl: "https://b.example", sessionId: 2, state: live}
          spare:
            c: {routerUrl: "https://c.example", sessionId: 3, state: live}
        """;

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);
    private final RequestId id = RequestId.draw(THEN, new SplittableRandom(5));

    @TempDir
    private static Path folder;

    @BeforeAll
    void request() throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), CATALOG);
        assertThat(run("apply", "--yes", file.toString()).exitCode()).isZero();
        dynamo.client()
                .putItem(put -> put.tableName(TABLES.apiKeys())
                        .item(Map.of("keyHash", text("hash"), "keyId", text("key-1"), "customer", text("acme"))));
        changed(CatalogKey.model("m"), "routes", route("old"), route("new"));
        changed(CatalogKey.pool("old"), "state", text("live"), text("paused"));
        changed(CatalogKey.target("old", "a"), "state", text("live"), text("paused"));
        Reservation reservation = admitted();
        reservation.open();
        reservation.settle(
                new Ending(200, "ok", 2, Optional.of(Duration.ofMillis(1900)), Duration.ofMillis(4200)),
                new Tokens(12, 40, Basis.COUNTED));
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    private Reservation admitted() throws Exception {
        Ledger ledger = new Ledger(
                new DynamoUsageTable(dynamo.client(), TABLES.usage(), problems -> {}),
                InstantSource.fixed(THEN),
                pause -> {},
                Ledger.Terms.PRODUCTION);
        Customer customer =
                new Customer("key-1", "acme", new Plan("free", Limits.NONE, Limits.NONE), new AllowedModels.All());
        return ((Admission.Admitted) ledger.look(customer).admit(id, "m", new RequestedUse(12, 100))).reservation();
    }

    /** As catalog-history records it: the item as the table has it now, but for this field, which was another. */
    private void changed(CatalogKey key, String field, AttributeValue from, AttributeValue to) throws Exception {
        Map<String, AttributeValue> after = new HashMap<>(item(key));
        Map<String, AttributeValue> before = new HashMap<>(after);
        before.put(field, from);
        after.put(field, to);
        new DynamoHistory(dynamo.client(), TABLES.catalogHistory())
                .record(new HistoryEntry(
                        new HistoryEntry.Id(key, Sequence.parse("7").orElseThrow()),
                        new HistoryEntry.Edit(SINCE, Optional.of("alice"), Optional.empty()),
                        new HistoryEntry.Images(Optional.of(before), Optional.of(after)),
                        new EditVerdict(EditVerdict.Scope.CATALOG, List.of())));
    }

    private Map<String, AttributeValue> item(CatalogKey key) {
        return dynamo.client()
                .getItem(get -> get.tableName(TABLES.of(key.table())).key(Items.key(key)))
                .item();
    }

    private static AttributeValue route(String pool) {
        return AttributeValue.fromL(
                List.of(AttributeValue.fromM(Map.of("pool", text(pool), "weight", AttributeValue.fromN("1")))));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private Outcome run(String... args) {
        return Operator.at(dynamo.url(), "Trace")
                .with(ScriptedTerminal.piped(""))
                .run(args);
    }

    private String lines() {
        return """
            START RequestId: 1234
            {"event":"attempt","request_id":"ID","alias":"m","attempt":2,"pool":"old","target":"gone","first_token_ms":300,"total_ms":2500,"outcome":"ok","slot":"released"}
            {"event":"request","request_id":"req_00000000000000000000000000000000","customer":"globex"}
            2099-11-29T11:00:02Z {"event":"attempt","request_id":"ID","alias":"m","attempt":1,"pool":"old","target":"a","total_ms":1500,"outcome":"router_error","slot":"kept"}
            {"event":"request","request_id":"ID","route":"/v1/chat/completions","front":"rest_api","status":200,"outcome":"ok","key_id":"key-1","customer":"acme",\
            "alias":"m","catalog_age_ms":2000,"queue_wait_ms":100,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","gen_ai.request.model":"m"}
            no JSON
            """.replace("ID", id.text());
    }

    @Test
    void aRequestsWholeLifeIsShownAndDecidedOnceMoreOnTheCatalogOfThen() throws Exception {
        Path log = Files.writeString(folder.resolve("portal.log"), lines());

        Outcome outcome = run("trace", id.text(), "--lines", log.toString());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines())
                .containsExactly(
                        id + "  received 2099-11-29T11:00:00.250Z",
                        "customer   acme, key key-1",
                        "asked      m at /v1/chat/completions of rest_api, catalog of 2.0 s before, waited 0.1 s for a"
                                + " slot",
                        "limits     let in",
                        "trace      4bf92f3577b34da6a3ce929d0e0e4736",
                        "decision   route old: weight 1, score 20.5, chosen",
                        "decision   pool old: live",
                        "decision     1. live, unknown: a 100 %",
                        "decision   pool spare: live, serves oth",
                        "decision     2. live, unknown: c 100 %",
                        "attempt 1  old/a: router_error, 1.5 s in all, slot kept",
                        "attempt 2  old/gone: ok, first token after 0.3 s, 2.5 s in all, slot released",
                        "tokens     12 prompt and 40 completion, counted",
                        "end        ok, status 200, attempts 2, first token after 1.9 s, 4.2 s in all");
        assertThat(outcome.out()).contains("route old: weight 1, score ").doesNotContain("route new");
    }

    /** The catalog that a process remembers is older than the request. */
    @Test
    void theDecisionIsMadeOnTheCatalogThatTheRequestWasRoutedBy() {
        RequestId soonAfter = RequestId.draw(SINCE.plusSeconds(1), new SplittableRandom(6));
        String line = """
            {"event":"request","request_id":"%s","route":"/v1/messages","front":"function_url","status":502,"outcome":"upstream_error",\
            "key_id":"key-1","customer":"acme","alias":"m","catalog_age_ms":%d,"queue_wait_ms":0,"total_ms":90}
            """;

        Outcome remembered =
                operatorPiped(line.formatted(soonAfter, 4_000)).run("trace", soonAfter.text(), "--lines", "-");
        Outcome fresh = operatorPiped(line.formatted(soonAfter, 0)).run("trace", soonAfter.text(), "--lines", "-");

        assertThat(remembered.out()).contains("route old: weight 1").doesNotContain("route new");
        assertThat(fresh.out()).contains("route new: weight 1").doesNotContain("route old");
    }

    @Test
    void aRequestThatALimitRefusedSaysWhichAndHasNoAttempt() {
        RequestId refused = RequestId.draw(THEN, new SplittableRandom(7));
        String line = """
            {"event":"request","request_id":"%s","route":"/v1/responses","front":"rest_api","status":429,"outcome":"rate_limit_exceeded",\
            "key_id":"key-1","customer":"acme","alias":"m","catalog_age_ms":0,"total_ms":12,"limit":"requests_per_minute"}
            """.formatted(refused);

        Outcome outcome = operatorPiped(line).run("trace", refused.text(), "--lines", "-");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .contains(
                        "customer   acme, key key-1",
                        "asked      m at /v1/responses of rest_api, catalog of 0.0 s before",
                        "limits     refused for requests per minute",
                        "end        rate_limit_exceeded, status 429, 0.0 s in all")
                .noneMatch(shown -> shown.startsWith("attempt") || shown.startsWith("tokens") || shown.contains("?"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_api_key, /v1/chat/completions, at /v1/chat/completions of rest_api",
        "404, model_not_found, /v1/messages, 'a model that does not exist, or that the key may not use, at /v1/messages of rest_api'",
        "200, ok, /v1/models, at /v1/models of rest_api"
    })
    void aRequestOfWhichNothingElseIsKnownSaysNoMore(int status, String code, String route, String asked) {
        RequestId early = RequestId.draw(THEN, new SplittableRandom(8));
        String line = """
                {"event":"request","request_id":"%s","route":"%s","front":"rest_api","status":%d,"outcome":"%s","total_ms":2}
                """.formatted(early, route, status, code);

        Outcome outcome = operatorPiped(line).run("trace", early.text(), "--lines", "-");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .containsExactly(
                        early + "  received 2099-11-29T11:00:00.250Z",
                        "asked      " + asked,
                        "limits     " + (status == 200 ? "not asked" : "not let in: it was refused for another reason"),
                        "end        " + code + ", status " + status + ", 0.0 s in all");
    }

    @Test
    void aRecordThatAHandSpoiledIsNamedAndTheLogTellsTheRest() {
        RequestId spoiled = RequestId.draw(THEN, new SplittableRandom(9));
        dynamo.client()
                .putItem(put -> put.tableName(TABLES.usage())
                        .item(Map.of(
                                "keyId", text("key-1"),
                                "entry", text("request#" + spoiled),
                                "customer", text("acme"),
                                "promptTokens", text("many"))));

        Outcome outcome =
                operatorPiped(lines().replace(id.text(), spoiled.text())).run("trace", spoiled.text(), "--lines", "-");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(spoiled.text(), "expected");
        assertThat(outcome.out())
                .contains("customer   acme, key key-1", "route old", "attempt 1  old/a", "end        ok, status 200");
    }

    /** The tables know who it was, by whichever key. */
    @Test
    void withoutALogTheTablesTellTheRest() {
        Outcome outcome = run("trace", id.text());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).startsWith("log: not read, so attempts are not shown");
        assertThat(outcome.out()).contains("customer   acme, key key-1", "route old", "end        ok, status 200");
    }

    @Test
    void aRequestThatNobodyMadeHasNoTrace() {
        Outcome outcome = operatorPiped("").run("trace", "req_" + "0".repeat(32), "--lines", "-");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("no trace of req_00000000000000000000000000000000");
    }

    @Test
    void whatIsNoRequestIsAMistake() {
        Outcome outcome = run("trace", "req_1");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("request id: not one");
    }

    @Test
    void jsonHasTheRecordTheLinesAndTheDecision() {
        Outcome outcome = operatorPiped(lines()).run("trace", id.text(), "--lines", "-", "--json");

        assertThat(outcome.out().replaceAll("\\s", ""))
                .contains(
                        "\"request\":\"" + id
                                + "\",\"receivedAt\":\"2099-11-29T11:00:00.250Z\",\"record\":{\"customer\":\"acme\",\"key\":\"key-1\",\"alias\":\"m\"",
                        "\"attempts\":[{\"event\":\"attempt\"",
                        "\"decision\":[\"routeold:weight1");
    }

    private Operator operatorPiped(String in) {
        return Operator.at(dynamo.url(), "Trace").with(ScriptedTerminal.piped(in));
    }

    @Test
    void cloudWatchIsAskedPageByPageForTheMinutesOfTheRequest() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (Served logs =
                Served.by(asked, "{\"events\":[],\"nextToken\":\"more\"}", "{\"events\":[{\"message\":\"one\"}]}")) {
            assertThat(logs.log().messages("group", id)).containsExactly("one");
        }
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst())
                .contains(
                        "\"logGroupName\":\"group\"",
                        id.text(),
                        "\"startTime\":" + THEN.minusSeconds(60).toEpochMilli());
        assertThat(asked.getLast()).contains("\"nextToken\":\"more\"");
    }

    @Test
    void whatCloudWatchRefusesIsToldInItsWords() throws Exception {
        try (Served logs = Served.by(new ArrayList<>(), 400, "{\"__type\":\"ResourceNotFoundException\"}")) {
            assertThatExceptionOfType(CommandStopped.class)
                    .isThrownBy(() -> logs.log().messages("group", id))
                    .withMessage("AWS: CloudWatch Logs answered 400: ResourceNotFoundException");
        }
    }

    /** Answers what it is told, in turn. */
    private record Served(HttpServer server) implements AutoCloseable {
        static Served by(List<String> asked, String... answers) throws IOException {
            return by(asked, 200, answers);
        }

        static Served by(List<String> asked, int status, String... answers) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String answer = answers[asked.size() % answers.length];
                asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
            return new Served(server);
        }

        CloudWatchLog log() {
            Account account = new Account(
                    "us-east-1", StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
            return new CloudWatchLog(
                    new SignedCall(account, "logs", Duration.ofSeconds(30)),
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
