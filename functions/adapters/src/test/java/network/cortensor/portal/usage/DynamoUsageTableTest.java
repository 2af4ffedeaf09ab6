package network.cortensor.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.UnitCounter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoUsageTableTest extends UsageTableContract {
    private static final String TABLE = "usage-Usage";

    private static final Bounds NO_ROOM =
            new Bounds(OptionalLong.of(-1), OptionalLong.of(-1), OptionalLong.of(-1), OptionalLong.of(-1));

    private static final Customer KEYS_CUSTOMER =
            new Customer(KEY, CUSTOMER, new Plan("unlimited", Limits.NONE, Limits.NONE), new AllowedModels.All());

    private final DynamoHost dynamo = host(TableNames.prefixed("usage-"));
    private final DynamoDbClient client = dynamo.client();
    private final List<Problem> problems = new ArrayList<>();
    private final UsageTable table = new DynamoUsageTable(client, TABLE, problems::addAll);

    /** Where the tables are. */
    DynamoHost host(TableNames tables) {
        return DynamoLocal.startWith(new TableSchema(tables)::create);
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    @BeforeEach
    void empty() {
        problems.clear();
        items().forEach(item -> client.deleteItem(
                delete -> delete.tableName(TABLE).key(Map.of("keyId", item.get("keyId"), "entry", item.get("entry")))));
    }

    private List<Map<String, AttributeValue>> items() {
        return client.scanPaginator(scan -> scan.tableName(TABLE)).items().stream()
                .toList();
    }

    @Override
    UsageTable table() {
        return table;
    }

    @Override
    List<Period.Sum> sums() {
        return items().stream().map(DynamoUsageTableTest::sum).toList();
    }

    private static Period.Sum sum(Map<String, AttributeValue> item) {
        String entry = attribute(item, "entry").s();
        String period = entry.substring(entry.indexOf('#') + 1);
        return new Period.Sum(
                attribute(item, "keyId").s(),
                attribute(item, "customer").s(),
                entry.startsWith("day#")
                        ? new Period.Day(LocalDate.parse(period))
                        : new Period.Month(YearMonth.parse(period)),
                new Totals(number(item, "requests"), number(item, "promptTokens"), number(item, "completionTokens")));
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(attribute(item, name).n());
    }

    @Test
    void aPersonCanReadAnEvent() throws UsageUnavailable {
        RequestId request = new RequestId("req_" + "03745a4a7a0b" + "0123456789abcdef0123");
        table.open(open(request));
        table.settle(settled(request));

        Map<String, AttributeValue> item = items().getFirst();
        assertThat(attribute(item, "expiresAt").n())
                .isEqualTo(Long.toString(request.at().plus(Duration.ofDays(400)).getEpochSecond()));
        Map<String, AttributeValue> rest = new HashMap<>(item);
        rest.remove("expiresAt");
        assertThat(rest)
                .isEqualTo(Map.ofEntries(
                        Map.entry("keyId", text("key-1")),
                        Map.entry("entry", text("request#" + request)),
                        Map.entry("at", text(request.at().toString())),
                        Map.entry("customer", text("acme")),
                        Map.entry("servedModel", text("gemma-4-e4b-it")),
                        Map.entry("alias", text("gpt-oss-20b")),
                        Map.entry("state", text("settled")),
                        Map.entry("status", AttributeValue.fromN("200")),
                        Map.entry("code", text("ok")),
                        Map.entry("promptTokens", AttributeValue.fromN("12")),
                        Map.entry("completionTokens", AttributeValue.fromN("34")),
                        Map.entry("tokens", text("counted")),
                        Map.entry("attempts", AttributeValue.fromN("2")),
                        Map.entry("firstTokenMillis", AttributeValue.fromN("900")),
                        Map.entry("totalMillis", AttributeValue.fromN("4500"))));
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private void spoil(String keyId, String entry, String attribute, AttributeValue value) {
        client.updateItem(update -> update.tableName(TABLE)
                .key(Map.of("keyId", text(keyId), "entry", text(entry)))
                .updateExpression("SET #a = :a")
                .expressionAttributeNames(Map.of("#a", attribute))
                .expressionAttributeValues(Map.of(":a", value)));
    }

    private void spoilCounters(String attribute, AttributeValue value) {
        spoil("customer#" + CUSTOMER, "counters", attribute, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"changes", "rolls", "minute", "day", "past", "m0", "t1", "o0", "g"})
    void countersThatSomebodySpoiledLetNobodyInAndAreNamed(String attribute) throws UsageUnavailable {
        Counters seen = begun(request(100), request(7));
        spoilCounters(attribute, text("spoiled"));

        assertThatExceptionOfType(UsageSpoiled.class).isThrownBy(() -> table.counters(CUSTOMER));
        assertThatExceptionOfType(UsageUnavailable.class)
                .isThrownBy(() -> table.enter(seen, new Entry(KEY, request(1), NO_ROOM, NO_ROOM)));

        assertThat(problems)
                .allMatch(problem -> problem.item().equals("counters of customer acme")
                        && problem.field().equals(attribute)
                        && !problem.complaint().contains("spoiled"))
                .isNotEmpty();
        assertThat(table.counters("globex")).isEqualTo(Counters.none("globex"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minute", "week"})
    void aTimeThatNoClockCanShowIsSpoiledToo(String attribute) throws UsageUnavailable {
        begun(request(100), request(7));
        spoilCounters(attribute, AttributeValue.fromN("999999999999999"));

        assertThatExceptionOfType(UsageSpoiled.class).isThrownBy(() -> table.counters(CUSTOMER));
    }

    /** Of the time when a model server's usage was believed: the sum of two such answers fits no program's number. */
    @ParameterizedTest
    @ValueSource(strings = {"t0", "p0", "c0", "d0", "w0", "m0"})
    void aSumThatNoProgramCanHoldRefusesNobodyForEver(String attribute) throws UsageUnavailable {
        OpenRequest open = request(100);
        begun(open, request(7));
        spoilCounters(attribute, AttributeValue.fromN("18446744073709551614"));

        Counters absurd = table.counters(CUSTOMER);
        Counters left = done(table.leave(absurd, new Exit(KEY, open, new Totals(1, 5, 5), absurd.moment())));
        Instant later = NOW.plus(Duration.ofDays(8));
        Counters rolled = done(table.roll(left, left.at(later).entered(KEY, request(1))));

        assertThat(rolled).isEqualTo(table.counters(CUSTOMER));
        assertThat(rolled.use().tokens().total()).isBetween(1L, 10L);
        assertThat(rolled.use().week().total()).isEqualTo(1);
        assertThat(rolled.key(KEY).today()).isEqualTo(Totals.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"promptTokens", "tokens", "state", "customer", "totalMillis"})
    void anEventThatSomebodySpoiledIsNamedAndKeepsNoPlace(String attribute) throws UsageUnavailable {
        RequestId request = request(1).id();
        table.open(open(request));
        table.settle(settled(request));
        spoil(KEY, "request#" + request, attribute, AttributeValue.fromBool(true));

        assertThat(table.close(KEY, request)).isEmpty();
        assertThat(problems).extracting(Problem::item).containsOnly("usage " + KEY + "/request#" + request);
    }

    @Test
    void whoeverSettlesASpoiledEventCountsWithWhatItKnows() throws UsageUnavailable {
        RequestId request = request(1).id();
        table.open(open(request));
        spoil(KEY, "request#" + request, "state", text("mine"));

        assertThat(table.settle(settled(request))).isEqualTo(settled(request));
        assertThat(problems).hasSize(1);
    }

    /** As busy as a key can be all week: each sixtieth of the minute and of the week has its requests, with tokens by the hundred thousand. */
    @Test
    void theCountersOfABusyKeyAndItsRequestsInFlightAreWithinOneUnit() throws UsageUnavailable {
        SplittableRandom random = new SplittableRandom(5);
        Counters busy = table.counters(CUSTOMER);
        Instant at = NOW;
        for (int step = 0; step < 130; step++) {
            at = at.plus(step < 65 ? Duration.ofSeconds(10_080) : Duration.ofSeconds(1));
            Counters next = busy.at(at);
            for (int request = 0; request < 20; request++) {
                OpenRequest open = request(1_000);
                next = next.entered(KEY, open);
                if (step < 129 || request < 14) {
                    next = next.left(KEY, open, new Totals(1, random.nextInt(40_000), random.nextInt(20_000)));
                }
            }
            busy = done(table.roll(busy, next));
        }

        UnitCounter units = new UnitCounter(client);
        UsageTable counted = new DynamoUsageTable(units.client(), TABLE, problems::addAll);
        OpenRequest request = request(1_000);
        Counters after = done(counted.enter(busy, Entry.of(busy, KEYS_CUSTOMER, request)));
        done(counted.leave(after, new Exit(KEY, request, new Totals(1, 5, 5), after.moment())));

        assertThat(busy.use().inFlight()).isEqualTo(6);
        assertThat(units.units()).isEqualTo(new UnitCounter.Units(0, 2));
    }
}
