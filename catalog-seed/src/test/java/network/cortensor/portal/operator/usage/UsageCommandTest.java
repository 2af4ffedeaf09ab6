package network.cortensor.portal.operator.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.operator.Operator;
import network.cortensor.portal.operator.Operator.Outcome;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.usage.Admission;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.RequestedUse;
import network.cortensor.portal.usage.Reservation;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.Tokens;
import network.cortensor.portal.usage.UsageUnavailable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What operators read of requests that went through the real ledger. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageCommandTest {
    private static final String PREFIX = "UsageTool";
    private static final TableNames TABLES = TableNames.prefixed(PREFIX);
    private static final Plan PLAN = new Plan("free", Limits.NONE, Limits.NONE);

    /** Long enough ago for everything to be over, and the table still has it. */
    private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(40);

    private final Instant firstDay = day.atTime(12, 0).toInstant(ZoneOffset.UTC);

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);
    private final Operator operator = Operator.at(dynamo.url(), PREFIX);
    private final SplittableRandom random = new SplittableRandom(3);

    @BeforeAll
    void use() throws UsageUnavailable {
        key("key-1", "acme");
        key("key-2", "acme");
        key("key-3", "globex");
        settle("key-1", "acme", "gpt-oss-20b", firstDay, "ok");
        settle("key-1", "acme", "gemma-4-26b", firstDay.plusSeconds(60), "upstream_error");
        settle("key-2", "acme", "gpt-oss-20b", firstDay.plus(Duration.ofDays(1)), "ok");
        settle("key-3", "globex", "gpt-oss-20b", firstDay.plus(Duration.ofDays(2)), "ok");
        admit(
                        "key-3",
                        "globex",
                        "gpt-oss-20b",
                        firstDay.plus(Duration.ofDays(2)).plusSeconds(5))
                .open();
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    private void key(String keyId, String customer) {
        dynamo.client()
                .putItem(put -> put.tableName(TABLES.apiKeys())
                        .item(Map.of(
                                "keyHash", AttributeValue.fromS("hash of " + keyId),
                                "keyId", AttributeValue.fromS(keyId),
                                "customer", AttributeValue.fromS(customer))));
    }

    private Reservation admit(String keyId, String customer, String alias, Instant at) throws UsageUnavailable {
        Ledger ledger = new Ledger(
                new DynamoUsageTable(dynamo.client(), TABLES.usage(), problems -> {}),
                InstantSource.fixed(at),
                pause -> {},
                Ledger.Terms.PRODUCTION);
        Admission admission = ledger.look(new Customer(keyId, customer, PLAN, new AllowedModels.All()))
                .admit(RequestId.draw(at, random), alias, new RequestedUse(10, 100));
        return ((Admission.Admitted) admission).reservation();
    }

    private void settle(String keyId, String customer, String alias, Instant at, String outcome)
            throws UsageUnavailable {
        Reservation reservation = admit(keyId, customer, alias, at);
        reservation.open();
        reservation.settle(
                new Ending(200, outcome, 1, Optional.empty(), Duration.ofSeconds(2)),
                new Tokens(10, 20, alias.startsWith("gpt") ? Basis.COUNTED : Basis.ESTIMATED));
    }

    private Outcome run(String... args) {
        Outcome outcome = operator.with(ScriptedTerminal.piped("")).run(args);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome;
    }

    @Test
    void daysAreSummedUpByCustomerAndKey() {
        assertThat(run(
                                "usage",
                                "--from",
                                day.toString(),
                                "--to",
                                day.plusDays(9).toString(),
                                "--csv")
                        .out()
                        .lines())
                .containsExactly(
                        "customer,key,requests,promptTokens,completionTokens,totalTokens,failed,estimated,unsettled",
                        "acme,key-1,2,20,40,60,,,",
                        "acme,key-2,1,10,20,30,,,",
                        "globex,key-3,1,10,20,30,,,");
    }

    /** Days count a request when it is settled, or closed by whoever looked next. */
    @Test
    void whatWasClosedJustNowWasUsedToday() {
        assertThat(run("usage", "--customer", "globex", "--from", day.toString(), "--csv")
                        .out())
                .contains("globex,key-3,2,20,20,40,,,");
    }

    @Test
    void requestsAreSummedUpByAliasAndDayAndThoseThatNobodySettledAreMarked() {
        assertThat(run(
                                "usage",
                                "--by",
                                "day,alias",
                                "--from",
                                day.toString(),
                                "--to",
                                day.plusDays(9).toString(),
                                "--csv")
                        .out()
                        .lines())
                .containsExactly(
                        "day,alias,requests,promptTokens,completionTokens,totalTokens,failed,estimated,unsettled",
                        day + ",gemma-4-26b,1,10,20,30,1,1,0",
                        day + ",gpt-oss-20b,1,10,20,30,0,0,0",
                        day.plusDays(1) + ",gpt-oss-20b,1,10,20,30,0,0,0",
                        day.plusDays(2) + ",gpt-oss-20b,2,20,20,40,1,1,1");
    }

    @Test
    void oneCustomerOnOneDay() {
        assertThat(run(
                                "usage",
                                "--customer",
                                "acme",
                                "--by",
                                "day",
                                "--from",
                                day.plusDays(1).toString(),
                                "--to",
                                day.plusDays(1).toString(),
                                "--csv")
                        .out()
                        .lines())
                .containsExactly(
                        "day,requests,promptTokens,completionTokens,totalTokens,failed,estimated,unsettled",
                        day.plusDays(1) + ",1,10,20,30,,,");
    }

    @Test
    void oneAliasOfOneKey() {
        String json = run(
                        "usage",
                        "--key",
                        "key-1",
                        "--alias",
                        "gemma-4-26b",
                        "--from",
                        day.toString(),
                        "--to",
                        day.plusDays(1).toString(),
                        "--json")
                .out();

        assertThat(json.replaceAll("\\s", ""))
                .contains("\"from\":\"" + day + "\"", "\"to\":\"" + day.plusDays(1) + "\"")
                .contains("[{\"customer\":\"acme\",\"key\":\"key-1\",\"requests\":1,\"promptTokens\":10,"
                        + "\"completionTokens\":20,\"totalTokens\":30,\"failed\":1,\"estimated\":1,\"unsettled\":0}]");
    }

    @Test
    void aTableForPeople() {
        assertThat(run(
                                "usage",
                                "--from",
                                day.toString(),
                                "--to",
                                day.plusDays(9).toString())
                        .out()
                        .lines())
                .first()
                .asString()
                .matches("CUSTOMER +KEY +REQUESTS +PROMPT TOKENS +COMPLETION TOKENS +TOKENS *");
    }

    @Test
    void nothingUsedIsSaid() {
        Outcome outcome = run("usage", "--from", "2020-01-01", "--to", "2020-01-31");

        assertThat(outcome.err()).contains("nothing was used from 2020-01-01 to 2020-01-31");
    }

    @Test
    void daysBackwardsAreAMistake() {
        Outcome outcome =
                operator.with(ScriptedTerminal.piped("")).run("usage", "--from", "2026-03-02", "--to", "2026-03-01");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--to: 2026-03-01 (expected: 2026-03-02 or later)");
    }

    /** Each in a table of its own, for it must not trouble the other tests. */
    @Test
    void whatSomebodySpoiledByHandIsToldAndTheUseOfAllOthersIsSummedUp() throws UsageUnavailable {
        put(TABLES.apiKeys(), Map.of("keyHash", text("spoiled 1"), "keyId", text("key-a"), "customer", number("7")));
        put(TABLES.apiKeys(), Map.of("keyHash", text("spoiled 2"), "keyId", text("key-b"), "customer", text("")));
        put(TABLES.apiKeys(), Map.of("keyHash", text("spoiled 3"), "keyId", text("key-c")));
        put(TABLES.apiKeys(), Map.of("keyHash", text("spoiled 4"), "keyId", number("4"), "customer", text("acme")));
        key("key-d", "initech");
        put(TABLES.usage(), Map.of("keyId", text("customer#initech"), "entry", text("counters"), "changes", text("?")));
        put(TABLES.usage(), Map.of("keyId", text("key-d"), "entry", text("day#" + day), "requests", number("-0.5")));
        put(
                TABLES.usage(),
                Map.of("keyId", text("key-d"), "entry", text("day#" + day + "th"), "requests", number("1")));
        try {
            Outcome outcome = operator.with(ScriptedTerminal.piped(""))
                    .run(
                            "usage",
                            "--from",
                            day.toString(),
                            "--to",
                            day.plusDays(9).toString(),
                            "--csv");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out()).contains("acme,key-1,2,20,40,60,,,", "acme,key-2,1,10,20,30,,,");
            assertThat(outcome.err().lines())
                    .contains(
                            "error: key key-a: customer: no name, so that its use of today is not known (expected: the"
                                    + " customer's name)",
                            "error: counters of customer initech: past: missing or of another type (expected: type B)",
                            "error: usage key-d/day#" + day
                                    + ": customer: missing or of another type (expected: type S)")
                    .hasSize(7);
        } finally {
            for (String row : java.util.List.of("spoiled 1", "spoiled 2", "spoiled 3", "spoiled 4", "hash of key-d")) {
                dynamo.client()
                        .deleteItem(delete -> delete.tableName(TABLES.apiKeys()).key(Map.of("keyHash", text(row))));
            }
        }
    }

    private void put(String table, Map<String, AttributeValue> item) {
        dynamo.client().putItem(put -> put.tableName(table).item(item));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(String value) {
        return AttributeValue.fromN(value);
    }
}
