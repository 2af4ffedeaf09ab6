package network.cortensor.portal.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.activity.DynamoActivity;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.keys.DynamoKeys;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.dynamo.usage.DynamoUsageRecords;
import network.cortensor.portal.dynamo.usage.DynamoUsageRecords.Days;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.usage.Admission;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.RequestedUse;
import network.cortensor.portal.usage.UsageEvent;
import network.cortensor.portal.usage.UsageUnavailable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Items of the machine's own tables after a person's edit of any one attribute: whoever reads them gets a value or a declared failure, and no bug. */
class ItemsByHandTest {
    private static final TableNames TABLES = TableNames.prefixed("by-hand-");
    private static final Instant NOON = Instant.parse("2099-11-29T12:00:00Z");
    private static final InstantSource CLOCK = () -> NOON;
    private static final Session SESSION = new Session("router.example:5010", "168");
    private static final TargetId TARGET = new TargetId("pool", "target");
    private static final RequestId REQUEST = RequestId.draw(NOON, new SplittableRandom(1));
    private static final KeyHash KEY =
            KeyText.make("test", new SplittableRandom(2)).hash();
    private static final Days DAYS = new Days(LocalDate.of(2099, 11, 28), LocalDate.of(2099, 11, 30));

    /** What a hand can write into the console, of every type that there is. */
    private static final List<AttributeValue> VALUES = List.of(
            AttributeValue.fromS(""),
            AttributeValue.fromS(" "),
            AttributeValue.fromS("1"),
            AttributeValue.fromS("-1"),
            AttributeValue.fromS("NaN"),
            AttributeValue.fromS("Infinity"),
            AttributeValue.fromS("1e300"),
            AttributeValue.fromS("\u0000\ud83d"),
            AttributeValue.fromS("2026-02-30T25:00:00Z"),
            AttributeValue.fromS("+999999999-12-31T23:59:59Z"),
            AttributeValue.fromS("-999999999-01-01T00:00:00Z"),
            AttributeValue.fromS("x".repeat(100_000)),
            AttributeValue.fromS("#".repeat(100)),
            AttributeValue.fromN("0"),
            AttributeValue.fromN("-0"),
            AttributeValue.fromN("-1"),
            AttributeValue.fromN("0.5"),
            AttributeValue.fromN("2147483648"),
            AttributeValue.fromN("9223372036854775807"),
            AttributeValue.fromN("-9223372036854775808"),
            AttributeValue.fromN("9223372036854775808"),
            AttributeValue.fromN("9.9999999999999999999999999999999999999E+125"),
            AttributeValue.fromN("1E-130"),
            AttributeValue.fromBool(true),
            AttributeValue.fromBool(false),
            AttributeValue.fromNul(true),
            AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0])),
            AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1})),
            AttributeValue.fromB(SdkBytes.fromByteArray(new byte[4_000])),
            AttributeValue.fromSs(List.of("a", "b")),
            AttributeValue.fromNs(List.of("1", "2.5")),
            AttributeValue.fromBs(
                    List.of(SdkBytes.fromByteArray(new byte[] {1}), SdkBytes.fromByteArray(new byte[24]))),
            AttributeValue.fromL(List.of()),
            AttributeValue.fromL(List.of(AttributeValue.fromNul(true))),
            AttributeValue.fromM(Map.of()),
            AttributeValue.fromM(Map.of("", AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of()))))));

    /** Their type is the table's own: no hand can change it. */
    private static final Set<String> KEYS = Set.of("router", "slot", "pool", "target", "keyId", "entry", "keyHash");

    /** A client that has one item, whatever it is asked for, and that keeps what is put. */
    private static final class OneItem implements DynamoDbClient {
        private Map<String, AttributeValue> item = Map.of();

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            return GetItemResponse.builder().item(item).build();
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            return item.isEmpty()
                    ? QueryResponse.builder().items(List.of()).count(0).build()
                    : QueryResponse.builder().items(List.of(item)).count(1).build();
        }

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            if (!item.isEmpty()) {
                throw inTheWay();
            }
            item = request.item();
            return PutItemResponse.builder().build();
        }

        @Override
        public UpdateItemResponse updateItem(UpdateItemRequest request) {
            throw inTheWay();
        }

        private ConditionalCheckFailedException inTheWay() {
            return ConditionalCheckFailedException.builder()
                    .item(item)
                    .message("The conditional request failed")
                    .build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }

    /** Uses a client. */
    @FunctionalInterface
    interface Act {
        void act(DynamoDbClient client) throws Exception;
    }

    /**
     * A kind of item.
     *
     * @param written by its own writer, or as an operator's tool writes it
     * @param read everything that reads it
     */
    record Kind(Act written, List<Act> read) {}

    private static DynamoUsageTable usage(DynamoDbClient client) {
        return new DynamoUsageTable(client, TABLES.usage(), problems -> {});
    }

    private static DynamoHealth health(DynamoDbClient client) {
        return new DynamoHealth(client, TABLES, new SplittableRandom(1));
    }

    private static DynamoSlotTable slots(DynamoDbClient client) {
        return new DynamoSlotTable(client, TABLES.sessionSlots(), problems -> {}, CLOCK);
    }

    private static Ledger ledger(DynamoDbClient client) {
        return new Ledger(usage(client), CLOCK, pause -> {}, Ledger.Terms.PRODUCTION);
    }

    private static final Customer CUSTOMER =
            new Customer("key-1", "acme", new Plan("plan", Limits.NONE, Limits.NONE), new AllowedModels.All());

    private static Lease lease() {
        return new Lease(SESSION, 0, "0".repeat(32), NOON, NOON.plusSeconds(210));
    }

    private static TargetHealth sick() {
        TargetHealth health = HealthFold.fold(
                TargetHealth.none(SESSION), new Observation.Served(Optional.of(Duration.ofSeconds(1))), NOON);
        for (int failure = 0; failure < 4; failure++) {
            health = HealthFold.fold(health, new Observation.Failed(new Failure.RouterError()), NOON);
        }
        return health;
    }

    private static final DynamoUsageRecords.Reader<Object> ANY = new DynamoUsageRecords.Reader<>() {
        @Override
        public void read(Object record) {
            assertThat(record.toString()).isNotEmpty();
        }

        @Override
        public void unreadable(Problem problem) {
            assertThat(problem.toString()).isNotEmpty();
        }
    };

    private static final Map<String, Kind> KINDS = Map.of(
            "a slot",
            new Kind(
                    client -> slots(client).put(lease(), NOON),
                    List.of(
                            client -> slots(client).rows(SESSION.router()),
                            client -> slots(client).put(lease(), NOON))),
            "evidence",
            new Kind(
                    client -> health(client).write(TARGET, sick()),
                    List.of(
                            client -> health(client).pool("pool"),
                            client -> health(client)
                                    .find(TARGET)
                                    .ifPresent(read -> HealthFold.fold(
                                            read.about(SESSION),
                                            new Observation.Failed(new Failure.RouterError()),
                                            NOON)),
                            client -> health(client).write(TARGET, sick()))),
            "a heartbeat",
            new Kind(
                    client -> health(client).beat(NOON),
                    List.of(client -> health(client).heartbeat())),
            "counters",
            new Kind(
                    client -> ledger(client).look(CUSTOMER).admit(REQUEST, "m", new RequestedUse(1, 1)),
                    List.of(
                            client -> usage(client).counters("acme"),
                            client -> ledger(client).look(CUSTOMER).over(),
                            client -> admit(ledger(client)))),
            "an event",
            new Kind(
                    client -> usage(client)
                            .open(new UsageEvent(
                                    REQUEST,
                                    new UsageEvent.Account("key-1", "acme", "m"),
                                    new UsageEvent.Tokens(1, 1, UsageEvent.Basis.COUNTED),
                                    new UsageEvent.State.Settled(new UsageEvent.Ending(
                                            200, "ok", 1, Optional.of(Duration.ofSeconds(1)), Duration.ofSeconds(2))))),
                    List.of(
                            client -> usage(client).close("key-1", REQUEST),
                            client -> new DynamoUsageRecords(client, TABLES.usage())
                                    .event("key-1", REQUEST, problem -> {}),
                            client -> new DynamoUsageRecords(client, TABLES.usage()).events("key-1", DAYS, reader()),
                            client -> new DynamoUsageRecords(client, TABLES.usage()).sums("key-1", DAYS, reader()))),
            "a day of activity",
            new Kind(
                    client -> client.putItem(put -> put.tableName("t")
                            .item(Map.of(
                                    "keyId", AttributeValue.fromS("#alias m"),
                                    "entry", AttributeValue.fromS("activity#2099-11-29"),
                                    "r12", AttributeValue.fromN("3"),
                                    "a12", AttributeValue.fromN("2"),
                                    "t12_4", AttributeValue.fromN("2"),
                                    "expiresAt", AttributeValue.fromN("4102444800")))),
                    List.of(client -> new DynamoActivity(client, TABLES.usage()).read("m", DAYS.first(), DAYS.last()))),
            "a key",
            new Kind(
                    client -> client.putItem(put -> put.tableName("t")
                            .item(Map.of(
                                    "keyHash", AttributeValue.fromS("x"),
                                    "keyId", AttributeValue.fromS("key-1"),
                                    "customer", AttributeValue.fromS("acme"),
                                    "plan", AttributeValue.fromS("free"),
                                    "status", AttributeValue.fromS("active"),
                                    "allowedModels", AttributeValue.fromL(List.of(AttributeValue.fromS("m"))),
                                    "expiry", AttributeValue.fromS("2100-01-01T00:00:00Z")))),
                    List.of(
                            client -> new DynamoKeys(client, TABLES, problems -> {}).key(KEY),
                            client -> new DynamoKeys(client, TABLES, problems -> {}).plan("free"))));

    @SuppressWarnings("unchecked") // It reads whatever there is.
    private static <T> DynamoUsageRecords.Reader<T> reader() {
        return (DynamoUsageRecords.Reader<T>) ANY;
    }

    private static void admit(Ledger ledger) throws UsageUnavailable {
        Admission admission = ledger.look(CUSTOMER).admit(REQUEST, "m", new RequestedUse(1, 1));
        if (admission instanceof Admission.Admitted admitted) {
            admitted.reservation()
                    .settle(
                            new UsageEvent.Ending(200, "ok", 1, Optional.empty(), Duration.ZERO),
                            new UsageEvent.Tokens(1, 1, UsageEvent.Basis.COUNTED));
        }
    }

    static Stream<Arguments> edits() {
        return KINDS.entrySet().stream()
                .flatMap(kind -> written(kind.getValue()).keySet().stream()
                        .map(name -> Arguments.of(Named.of(kind.getKey(), kind.getValue()), name)));
    }

    private static Map<String, AttributeValue> written(Kind kind) {
        OneItem client = new OneItem();
        try {
            kind.written().act(client);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return client.item;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("edits")
    void anEditOfOneAttributeByHandIsAValueOrADeclaredFailure(Kind kind, String attribute) {
        Map<String, AttributeValue> good = written(kind);
        for (AttributeValue value : VALUES) {
            if (KEYS.contains(attribute) && value.type() != AttributeValue.Type.S) {
                continue;
            }
            for (Map<String, AttributeValue> edited : edits(good, attribute, value)) {
                for (Act read : kind.read()) {
                    OneItem client = new OneItem();
                    client.item = edited;
                    assertThatCode(() -> declared(read, client))
                            .as("%s = %.200s", attribute, edited.get(attribute))
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    private static List<Map<String, AttributeValue>> edits(
            Map<String, AttributeValue> good, String attribute, AttributeValue value) {
        List<Map<String, AttributeValue>> edits = new ArrayList<>();
        Map<String, AttributeValue> changed = new HashMap<>(good);
        changed.put(attribute, value);
        edits.add(changed);
        Map<String, AttributeValue> removed = new HashMap<>(good);
        removed.remove(attribute);
        edits.add(removed);
        return edits;
    }

    /** A checked exception is what callers are told of. */
    private static void declared(Act read, DynamoDbClient client) {
        try {
            read.act(client);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            return;
        }
    }
}
