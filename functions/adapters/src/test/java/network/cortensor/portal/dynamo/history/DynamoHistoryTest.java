package network.cortensor.portal.dynamo.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.EditVerdict;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import network.cortensor.portal.testkit.dynamo.PlainItem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** History in a real table: whatever an item of the catalog can be comes back as it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoHistoryTest {
    private static final TableNames TABLES = TableNames.prefixed("history-");
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final EditVerdict GOOD = new EditVerdict(EditVerdict.Scope.CATALOG, List.of());

    private final DynamoHost dynamo = host(TABLES);
    private final FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
    private final DynamoHistory history = new DynamoHistory(faulty.client(), TABLES.catalogHistory());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);

    /** Where the tables are. */
    DynamoHost host(TableNames names) {
        return DynamoLocal.startWith(new TableSchema(names)::create);
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    @Test
    void theLastChangeComesFirstWhateverTheLengthOfItsNumber() throws Exception {
        CatalogKey item = CatalogKey.model("ordered");
        for (String number : List.of("9", "100000000000000000000", "11")) {
            history.record(entry(item, number, Map.of("alias", text("ordered")), GOOD));
        }

        assertThat(history.latest(item, 2))
                .extracting(entry -> entry.id().sequence().toString())
                .containsExactly("100000000000000000000", "11");
    }

    @Test
    void whatFillsAnItemToTheBrimIsKeptWhole() throws Exception {
        CatalogKey item = CatalogKey.pool("brim");
        String noise = noise(390_000);
        Map<String, AttributeValue> before = Map.of("pool", text("brim"), "note", incompressible());
        Map<String, AttributeValue> after = Map.of("pool", text("brim"), "note", text("x".repeat(400_000)));
        HistoryEntry entry = new HistoryEntry(
                id(item, "1"),
                new HistoryEntry.Edit(AT, Optional.of(noise), Optional.of(noise)),
                new HistoryEntry.Images(Optional.of(before), Optional.of(after)),
                GOOD);

        assertThat(history.record(entry)).isTrue();
        assertThat(history.record(entry)).isFalse();

        HistoryEntry read = history.latest(item, 10).getFirst();
        assertThat(read.images()).isEqualTo(entry.images());
        assertThat(read.edit().by().orElseThrow()).hasSizeLessThan(600);
    }

    /** As deep as DynamoDB lets an item be. */
    @Test
    void whatIsNestedToTheBottomIsKeptWhole() throws Exception {
        CatalogKey item = CatalogKey.pool("deep");
        AttributeValue value = text("bottom");
        for (int level = 0; level < 31; level++) {
            value = level % 2 == 0 ? AttributeValue.fromL(List.of(value)) : AttributeValue.fromM(Map.of("in", value));
        }
        Map<String, AttributeValue> image = Map.of("pool", text("deep"), "note", value);
        dynamo.client().putItem(put -> put.tableName(TABLES.pools()).item(image));

        history.record(entry(item, "1", image, GOOD));

        assertThat(history.latest(item, 1).getFirst().images().after()).contains(image);
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 112_000, 149_000, 151_000, 349_000})
    void anyTypeOfValueOfAnySizeComesBackAsItWas(int size) throws Exception {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        CatalogKey item = CatalogKey.target("any", "size-" + size);
        Map<String, AttributeValue> image = Map.of(
                "pool", text("any"),
                "binary", AttributeValue.fromB(SdkBytes.fromByteArray(bytes)),
                "binaries",
                        AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("one"), SdkBytes.fromUtf8String("two"))),
                "numbers", AttributeValue.fromNs(List.of("-1E-10", "1", "2.5")),
                "texts", AttributeValue.fromSs(List.of("é", "😀")),
                "nothing", AttributeValue.fromNul(true),
                "flag", AttributeValue.fromBool(false),
                "list", AttributeValue.fromL(List.of(AttributeValue.fromL(List.of()), AttributeValue.fromM(Map.of()))));

        history.record(entry(item, "1", image, GOOD));

        Map<String, AttributeValue> after =
                history.find(id(item, "1")).orElseThrow().images().after().orElseThrow();
        assertThat(PlainItem.of(after)).isEqualTo(PlainItem.of(image));
    }

    @Test
    void anEntryOnePartOfWhichCannotBeWrittenIsNotThereUntilItIsWhole() throws Exception {
        CatalogKey item = CatalogKey.pool("parts");
        HistoryEntry entry = entry(item, "1", Map.of("pool", text("parts"), "note", incompressible()), GOOD);
        faulty.plan(request -> request instanceof PutItemRequest put
                        && text("1").equals(put.item().get("sequence"))
                ? Disturbance.throttled()
                : Disturbance.NONE);
        assertThatThrownBy(() -> history.record(entry)).isInstanceOf(HistoryUnavailable.class);
        assertThat(history.latest(item, 10)).isEmpty();

        faulty.heal();
        assertThat(history.record(entry)).isTrue();
        assertThat(history.latest(item, 10)).containsExactly(entry);
    }

    @Test
    void thousandsOfProblemsAreCountedAndTheFirstOnesKept() throws Exception {
        CatalogKey item = CatalogKey.model("hopeless");
        List<Problem> problems = IntStream.range(0, 10_000)
                .mapToObj(number ->
                        new Problem("model hopeless", "routes[" + number + "].pool", "gone", Problem.Severity.ERROR))
                .toList();

        history.record(
                entry(item, "1", Map.of("alias", text("hopeless")), new EditVerdict(EditVerdict.Scope.ITEM, problems)));

        assertThat(history.latest(item, 1).getFirst().verdict().problems())
                .hasSize(51)
                .startsWith(problems.getFirst())
                .last()
                .asString()
                .contains("9950 more problems");
    }

    static Stream<Arguments> spoiled() {
        return Stream.of(
                Arguments.of("a sequence that is no number", Map.of("sequence", text("zz"))),
                Arguments.of("a sequence that is not padded", Map.of("sequence", text("9"))),
                Arguments.of("a sequence of too many digits", Map.of("sequence", text("9".repeat(41)))),
                Arguments.of("a number of parts that is none", Map.of("beforeParts", text("many"))),
                Arguments.of("a negative number of parts", Map.of("beforeParts", AttributeValue.fromN("-1"))),
                Arguments.of("no parts", Map.of("afterParts", AttributeValue.fromN("0"))),
                Arguments.of("a fraction of a part", Map.of("afterParts", AttributeValue.fromN("1.5"))),
                Arguments.of("parts without end", Map.of("afterParts", AttributeValue.fromN("9E+100"))),
                Arguments.of("parts that are gone", Map.of("afterParts", AttributeValue.fromN("2"))),
                Arguments.of("an image that is a text", Map.of("after", text("{}"))),
                Arguments.of("a time that is none", Map.of("at", text("noon"))),
                Arguments.of("a time that is a number", Map.of("at", AttributeValue.fromN("12"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoiled")
    void anEntryThatSomebodySpoiledIsToldAndTheOthersAreRead(String what, Map<String, AttributeValue> spoiled)
            throws Exception {
        CatalogKey item = CatalogKey.model(what.replace(' ', '-'));
        HistoryEntry good = entry(item, "1", Map.of("alias", text("m")), GOOD);
        history.record(good);
        Map<String, AttributeValue> other = new HashMap<>(Map.of(
                "item", text(item.stored()),
                "sequence", text("0".repeat(39) + "2"),
                "at", text(AT.toString())));
        other.putAll(spoiled);
        dynamo.client().putItem(put -> put.tableName(TABLES.catalogHistory()).item(other));
        List<HistoryUnavailable> told = new ArrayList<>();

        assertThat(history.latest(item, 10, told::add)).containsExactly(good);
        assertThat(told)
                .singleElement()
                .satisfies(one -> assertThat(one.spoiled()).isTrue());
        assertThatThrownBy(() -> history.latest(item, 10)).isInstanceOf(HistoryUnavailable.class);
    }

    /** Keys that no program writes, and that people can. */
    @ParameterizedTest
    @ValueSource(strings = {"A b", "a/b", "a%2Fb", "#", "😀", "\u0000", "+", "models"})
    void itemsWithOddKeysHaveHistoriesOfTheirOwn(String key) throws Exception {
        CatalogKey one = CatalogKey.target(key, "x");
        CatalogKey other = CatalogKey.target("x", key);

        history.record(entry(one, "1", Map.of("pool", text(key)), GOOD));

        assertThat(history.latest(one, 10)).hasSize(1);
        assertThat(history.latest(other, 10)).isEmpty();
        assertThat(CatalogKey.parse(one.stored())).contains(one);
    }

    @Test
    void theLongestKeysHaveHistoriesOfTheirOwnToo() throws Exception {
        CatalogKey one = CatalogKey.target("é".repeat(1_024), "x".repeat(1_023) + "1");
        CatalogKey other = CatalogKey.target("é".repeat(1_024), "x".repeat(1_023) + "2");

        history.record(entry(one, "1".repeat(40), Map.of("note", text(noise(390_000))), GOOD));

        assertThat(history.latest(one, 10)).hasSize(1);
        assertThat(history.latest(other, 10)).isEmpty();
    }

    private AttributeValue incompressible() {
        byte[] bytes = new byte[399_000];
        random.nextBytes(bytes);
        return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
    }

    private String noise(int length) {
        byte[] bytes = new byte[length * 3 / 4];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static HistoryEntry.Id id(CatalogKey item, String sequence) {
        return new HistoryEntry.Id(item, Sequence.parse(sequence).orElseThrow());
    }

    private static HistoryEntry entry(
            CatalogKey item, String sequence, Map<String, AttributeValue> after, EditVerdict verdict) {
        return new HistoryEntry(
                id(item, sequence),
                new HistoryEntry.Edit(AT, Optional.empty(), Optional.empty()),
                new HistoryEntry.Images(Optional.empty(), Optional.of(after)),
                verdict);
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
