package network.cortensor.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import network.cortensor.portal.dynamo.DynamoUsageTable;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.KeyHolder;
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
    private static final String TABLE = "test-Usage";

    private static final Bounds NO_ROOM =
            new Bounds(OptionalLong.of(-1), OptionalLong.of(-1), OptionalLong.of(-1), OptionalLong.of(-1));

    private static final KeyHolder HOLDER =
            new KeyHolder(KEY, CUSTOMER, new Plan("unlimited", Limits.NONE, Limits.NONE), new AllowedModels.All());

    private final DynamoHost dynamo = host(TableNames.prefixed("test-"));
    private final DynamoDbClient client = dynamo.client();
    private final UsageTable table = new DynamoUsageTable(client, TABLE);

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

    @ParameterizedTest
    @ValueSource(strings = {"changes", "rolls", "minute", "day", "past", "m0", "t1"})
    void countersThatSomebodySpoiledLetNobodyIn(String attribute) throws UsageUnavailable {
        Counters seen = begun(request(100), request(7));
        Map<String, AttributeValue> key = Map.of("keyId", text("customer#" + CUSTOMER), "entry", text("counters"));
        client.updateItem(update -> update.tableName(TABLE)
                .key(key)
                .updateExpression("SET #a = :a")
                .expressionAttributeNames(Map.of("#a", attribute))
                .expressionAttributeValues(Map.of(":a", text("spoiled"))));

        assertThatExceptionOfType(UsageUnavailable.class).isThrownBy(() -> table.counters(CUSTOMER));
        assertThatExceptionOfType(UsageUnavailable.class)
                .isThrownBy(() -> table.enter(seen, new Entry(KEY, request(1), NO_ROOM, NO_ROOM)));
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
        UsageTable counted = new DynamoUsageTable(units.client(), TABLE);
        OpenRequest request = request(1_000);
        Counters after = done(counted.enter(busy, Entry.of(busy, HOLDER, request)));
        done(counted.leave(after, new Exit(KEY, request, new Totals(1, 5, 5), after.moment())));

        assertThat(busy.use().inFlight()).isEqualTo(6);
        assertThat(units.units()).isEqualTo(new UnitCounter.Units(0, 2));
    }
}
