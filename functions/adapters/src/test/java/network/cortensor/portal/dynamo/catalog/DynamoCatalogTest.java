package network.cortensor.portal.dynamo.catalog;

import static network.cortensor.portal.dynamo.catalog.CatalogInTables.START;
import static network.cortensor.portal.dynamo.catalog.CatalogInTables.found;
import static network.cortensor.portal.dynamo.catalog.CatalogInTables.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.memory.RememberedCatalog;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.http.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The reader of the catalog against real tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoCatalogTest {
    private final CatalogInTables in = new CatalogInTables(this::host);
    private RememberedCatalog catalog = in.reader();

    @BeforeEach
    void twoAliasesWithAPoolEach() {
        in.empty(in.tables.models(), "alias");
        in.empty(in.tables.pools(), "pool");
        in.empty(in.tables.targets(), "pool", "target");
        in.alias("one", "p1", Map.of());
        in.pool("p1", Map.of());
        in.target("p1", "b", 2);
        in.target("p1", "a", 1);
        in.alias("two", "p2", Map.of());
        in.pool("p2", Map.of());
        in.target("p2", "a", 3);
        catalog = in.reader();
    }

    @Test
    void anAliasIsFoundByItsOtherNamesAndAnEditOfThemTakesEffectWithinFiveSeconds() throws Exception {
        in.alias("one", "p1", Map.of("aka", List.of("uno", "two", "shared")));
        in.alias("two", "p2", Map.of("aka", List.of("shared")));

        assertThat(catalog.find("uno")).contains(catalog.find("one").orElseThrow());
        assertThat(catalog.find("two").orElseThrow().alias().name()).isEqualTo("two");
        assertThat(catalog.find("shared")).isEmpty();
        assertThat(catalog.names(catalog.find("one").orElseThrow().alias())).containsExactly("one", "uno");
        assertThat(catalog.all()).extracting(view -> view.alias().name()).containsExactly("one", "two");

        in.alias("one", "p1", Map.of("aka", List.of("un")));
        in.at("5");
        assertThat(catalog.find("uno")).isEmpty();
        assertThat(catalog.find("un").orElseThrow().alias().name()).isEqualTo("one");
    }

    @Test
    void madeUpNamesCostOneListOfAllAliasesInFiveSeconds() throws Exception {
        for (int number = 0; number < 50; number++) {
            assertThat(catalog.find("made-up-" + number)).isEmpty();
        }
        assertThat(in.calls()).hasSize(50 + 1);
    }

    /** By whatever name: the pool says the other's own, or a further one, or one that no alias has. */
    @Test
    void aPoolThatServesAnotherModelComesWithThatModelsAlias() throws Exception {
        in.alias("one", "p1", Map.of("fallbackPools", List.of("p2", "p3", "p4")));
        in.alias("two", "p2", Map.of("contextLength", number(2000), "aka", List.of("deux")));
        in.pool("p2", Map.of("servesModel", "two"));
        in.pool("p3", Map.of("servesModel", "deux"));
        in.pool("p4", Map.of("servesModel", "nobodys"));

        AliasView view = found(catalog, "one");

        assertThat(view.served(pool(view, "p1")).terms()).isEqualTo(view.alias());
        assertThat(view.served(pool(view, "p2")).terms().contextLength()).isEqualTo(2000);
        assertThat(view.served(pool(view, "p3")).terms().name()).isEqualTo("two");
        assertThat(view.served(pool(view, "p3")).otherName()).contains("deux");
        assertThat(view.served(pool(view, "p4")).terms()).isEqualTo(view.alias());
        assertThat(catalog.all()).contains(view);
        assertThat(in.problems())
                .extracting(Problem::toString)
                .contains("pool p4: servesModel: \"nobodys\" does not exist (expected: the name of an item)");
        assertThat(found(catalog, "two").otherModels()).isEmpty();
    }

    @Test
    void anEditOfTheModelThatAPoolServesTakesEffectWithin5Seconds() throws Exception {
        in.alias("one", "p1", Map.of("fallbackPools", List.of("p2")));
        in.pool("p2", Map.of("servesModel", "two"));
        found(catalog, "one");
        in.alias("two", "p2", Map.of("promptFormat", "harmony"));

        in.at("5");

        AliasView view = found(catalog, "one");
        assertThat(view.served(pool(view, "p2")).terms().promptFormat()).isEqualTo(PromptFormat.HARMONY);
    }

    private static Pool pool(AliasView view, String name) {
        return view.pool(name).orElseThrow().pool();
    }

    /** Where the tables are. */
    DynamoHost host(TableNames tables) {
        return DynamoLocal.startWith(new TableSchema(tables)::create);
    }

    @AfterAll
    void stop() {
        in.close();
    }

    @Test
    void anAliasComesWithItsPoolsAndTheirTargetsByName() throws CatalogUnavailable {
        in.alias("one", "p1", Map.of("fallbackPools", List.of("p2")));

        AliasView view = found(catalog, "one");

        assertThat(view.alias().state()).isEqualTo(State.LIVE);
        assertThat(view.pools()).containsOnlyKeys("p1", "p2");
        assertThat(targets(view, "p1"))
                .extracting(target -> target.target().id().name())
                .containsExactly("a", "b");
        assertThat(view.readAt()).isEqualTo(START);
        assertThat(in.problems()).isEmpty();
    }

    @Test
    void aRequestCostsWhatItsPoolCostsAndTheNextOnesNothing() throws CatalogUnavailable {
        AliasView first = found(catalog, "one");
        assertThat(in.calls())
                .containsExactlyInAnyOrder(
                        in.tables.models(),
                        in.tables.pools(),
                        in.tables.targets(),
                        in.tables.targetHealth(),
                        in.tables.targetHealth());

        in.at("4.999");
        assertThat(found(catalog, "one")).as("the very same view").isSameAs(first);
        assertThat(in.calls()).hasSize(5);
    }

    @Test
    void everyEditTakesEffectWithin5SecondsAndNotBefore() throws CatalogUnavailable {
        found(catalog, "one");
        in.alias("one", "p1", Map.of("state", "draining"));
        in.pool("p1", Map.of("state", "degraded"));
        in.target("p1", "a", Map.of("sessionId", number(1), "state", "paused"));

        in.at("4.999");
        assertThat(states(found(catalog, "one"))).containsExactly(State.LIVE, State.LIVE, State.LIVE, State.LIVE);
        in.at("5");
        assertThat(states(found(catalog, "one")))
                .containsExactly(State.DRAINING, State.DEGRADED, State.PAUSED, State.LIVE);
    }

    @Test
    void whileTheTablesFailTheCatalogIsUsedFor60SecondsAndItsAgeIsShown() throws CatalogUnavailable {
        found(catalog, "one");
        in.fail(table -> true);

        in.at("59.999");
        assertThat(found(catalog, "one").readAt()).isEqualTo(START);
        in.at("62");
        assertThatThrownBy(() -> catalog.find("one")).isInstanceOf(CatalogUnavailable.class);

        in.heal();
        assertThat(found(catalog, "one").readAt()).isEqualTo(in.now());
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog-Models", "catalog-Pools", "catalog-Targets"})
    void withoutAnyOfItsTablesAndNothingRememberedTheCatalogIsUnavailable(String table) {
        in.fail(table::equals);

        assertThatThrownBy(() -> catalog.find("one")).isInstanceOf(CatalogUnavailable.class);
    }

    @Test
    void anOutageCostsARequestOneTryAndNotOnePerTable() throws CatalogUnavailable {
        found(catalog, "one");
        in.at("10");
        in.fail(table -> true);

        found(catalog, "one");

        assertThat(in.calls())
                .filteredOn(table -> !table.equals(in.tables.targetHealth()))
                .hasSize(1);
    }

    @Test
    void withoutHealthRequestsGoOnAndTargetsAreUnknown() throws Exception {
        seeGood(new TargetId("p1", "a"));
        in.fail(in.tables.targetHealth()::equals);

        assertThat(targets(found(catalog, "one"), "p1"))
                .extracting(TargetView::standing)
                .containsOnly(Standing.UNKNOWN);
    }

    /** Each read of health is tried once only, for half a second, and not again as long as it holds off; nothing else is slower for it. */
    @Test
    void aTableOfHealthThatHangsCostsOneShortTimeOutAndNoRequestAfterIt() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (HttpServer hanging = HttpServer.start(0, (_, _) -> never.await());
                DynamoDbClient health = AwsClients.forRequests(
                                "us-east-1", StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                        .dynamo(Optional.of(hanging.url()))) {
            catalog = in.reader(health);

            assertThat(targets(found(catalog, "one"), "p1"))
                    .extracting(TargetView::standing)
                    .containsOnly(Standing.UNKNOWN);
            assertThat(hanging.connections())
                    .as("one for the evidence, one for the heartbeat")
                    .isLessThanOrEqualTo(2);
            long first = hanging.connections();
            catalog.find("one");
            catalog.find("two");
            assertThat(hanging.connections()).isEqualTo(first);
        }
    }

    @Test
    void healthIsRememberedAsLongAsTheCatalogIs() throws Exception {
        seeGood(new TargetId("p1", "a"));
        assertThat(standing(found(catalog, "one"), "a")).isEqualTo(Standing.GOOD);

        in.fail(in.tables.targetHealth()::equals);
        in.at("59");
        assertThat(standing(found(catalog, "one"), "a")).isEqualTo(Standing.GOOD);
        in.at("61");
        assertThat(standing(found(catalog, "one"), "a")).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void anUnknownAliasIsRememberedAndOneThatIsNoNameIsNotEvenLookedUp() throws CatalogUnavailable {
        assertThat(catalog.find("three")).isEmpty();
        assertThat(catalog.find("three")).isEmpty();
        assertThat(catalog.find("../Models")).isEmpty();

        assertThat(in.calls())
                .as("by its own name, and among the other names of all")
                .containsExactly(in.tables.models(), in.tables.models());
    }

    @Test
    void anAliasWithBrokenRoutesIsPausedAndNotUnknown() throws CatalogUnavailable {
        in.alias("one", "p1", Map.of("routes", "p1"));

        assertThat(found(catalog, "one").alias().state()).isEqualTo(State.PAUSED);
        assertThat(in.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "model one: routes: \"p1\" (expected: a list of {pool: name, weight: whole number >= 0},"
                                + " each pool once)");
    }

    @Test
    void aRouteToNowhereIsReportedAndTheRestServes() throws CatalogUnavailable {
        in.alias("one", "p1", Map.of("fallbackPools", List.of("gone")));

        assertThat(found(catalog, "one").pools()).containsOnlyKeys("p1");
        assertThat(in.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "model one: fallbackPools[0]: \"gone\" does not exist (expected: the name of an item)");
    }

    @Test
    void aTargetWhoseKeyIsNoNameIsReportedAndTheRestServes() throws CatalogUnavailable {
        in.target("p1", "A\nB", 9);

        assertThat(targets(found(catalog, "one"), "p1")).hasSize(2);
        assertThat(in.problems()).extracting(Problem::item).containsExactly("target \"A\\u000aB\"");
    }

    @Test
    void targetsWithOneSessionArePausedWhereOneAliasShowsThem() throws CatalogUnavailable {
        in.alias("one", "p1", Map.of("fallbackPools", List.of("p2")));
        in.target("p2", "a", 1);

        AliasView view = found(catalog, "one");

        assertThat(state(view, "p1", "a")).isEqualTo(State.PAUSED);
        assertThat(state(view, "p1", "b")).isEqualTo(State.LIVE);
        assertThat(state(view, "p2", "a")).isEqualTo(State.PAUSED);
        assertThat(in.problems()).extracting(Problem::item).containsExactlyInAnyOrder("target p1/a", "target p2/a");
    }

    @Test
    void targetsWithOneSessionArePausedAcrossAllThatIsListed() throws CatalogUnavailable {
        in.target("p2", "a", 1);

        List<AliasView> views = catalog.all();

        assertThat(views).extracting(view -> view.alias().name()).containsExactly("one", "two");
        assertThat(state(views.getFirst(), "p1", "a")).isEqualTo(State.PAUSED);
        assertThat(state(views.getLast(), "p2", "a")).isEqualTo(State.PAUSED);
        assertThat(state(found(catalog, "one"), "p1", "a"))
                .as("and found alone")
                .isEqualTo(State.PAUSED);
    }

    @Test
    void aSessionThatMovedToAnotherPoolIsNotHeldAgainstItForLongerThanAnEditTakes() throws CatalogUnavailable {
        found(catalog, "one");
        in.at("4");
        in.deleteTarget(new TargetId("p1", "a"));
        in.target("p2", "moved", 1);
        assertThat(state(found(catalog, "two"), "p2", "moved")).isEqualTo(State.PAUSED);

        in.at("5");

        assertThat(state(found(catalog, "two"), "p2", "moved")).isEqualTo(State.LIVE);
    }

    @Test
    void thousandsOfTargetsAreReadToTheLastPage() throws CatalogUnavailable {
        String padding = "x".repeat(30_000);
        for (int i = 0; i < 60; i++) {
            in.target("p1", "t" + i, Map.of("sessionId", number(100 + i), "reason", padding));
        }

        assertThat(targets(found(catalog, "one"), "p1")).hasSize(62);
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anItemBrokenInTheTableIsReportedAndLeavesTheOtherAliasAsItWas(long seed) throws CatalogUnavailable {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        AliasView before = found(catalog, "two");
        Place place = PLACES.get(random.nextInt(PLACES.size()));
        AttributeValue value = BAD.get(random.nextInt(BAD.size()));
        in.client()
                .updateItem(request -> request.tableName("catalog-" + place.table())
                        .key(place.key())
                        .updateExpression("SET #field = :value")
                        .expressionAttributeNames(Map.of("#field", place.field()))
                        .expressionAttributeValues(Map.of(":value", value)));
        in.at("6");

        assertThat(found(catalog, "two"))
                .extracting(AliasView::alias, AliasView::pools)
                .containsExactly(before.alias(), before.pools());
        assertThat(catalog.find("one")).isPresent();
        assertThat(in.problems())
                .anySatisfy(problem -> assertThat(problem.field()).startsWith(place.field()));
    }

    private record Place(String table, Map<String, AttributeValue> key, String field) {}

    private static final Map<String, AttributeValue> ALIAS = Map.of("alias", AttributeValue.fromS("one"));
    private static final Map<String, AttributeValue> POOL = Map.of("pool", AttributeValue.fromS("p1"));
    private static final Map<String, AttributeValue> TARGET =
            Map.of("pool", AttributeValue.fromS("p1"), "target", AttributeValue.fromS("a"));

    private static final List<Place> PLACES = List.of(
            new Place("Models", ALIAS, "state"),
            new Place("Models", ALIAS, "routes"),
            new Place("Models", ALIAS, "contextLength"),
            new Place("Models", ALIAS, "displayName"),
            new Place("Models", ALIAS, "endpoints"),
            new Place("Pools", POOL, "state"),
            new Place("Pools", POOL, "attemptSeconds"),
            new Place("Pools", POOL, "maxAttempts"),
            new Place("Targets", TARGET, "routerUrl"),
            new Place("Targets", TARGET, "sessionId"),
            new Place("Targets", TARGET, "capacity"),
            new Place("Targets", TARGET, "weight"),
            new Place("Targets", TARGET, "state"));

    private static final List<AttributeValue> BAD = List.of(
            AttributeValue.fromS(""),
            AttributeValue.fromS("\u0000"),
            AttributeValue.fromS("x".repeat(380_000)),
            AttributeValue.fromN("-1"),
            AttributeValue.fromN("9.9999999999999999999999999999999999999E+125"),
            AttributeValue.fromN("-1E-130"),
            AttributeValue.fromBool(true),
            AttributeValue.fromB(SdkBytes.fromUtf8String("live")),
            AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("live"))),
            AttributeValue.fromNs(List.of("1", "2")),
            AttributeValue.fromSs(List.of("Not", "Names")),
            AttributeValue.fromM(Map.of("S", AttributeValue.fromS("live"))),
            AttributeValue.fromL(List.of(AttributeValue.fromNul(true))));

    private void seeGood(TargetId target) throws HealthUnavailable {
        TargetHealth seen = HealthFold.fold(
                TargetHealth.none(new Session("router.example:5010", "1")),
                new Observation.Served(Optional.of(Duration.ofSeconds(1))),
                START);
        in.health().write(target, seen);
        in.health().beat(START);
    }

    private static List<TargetView> targets(AliasView view, String pool) {
        return view.pool(pool).map(PoolView::targets).orElseThrow();
    }

    private static State state(AliasView view, String pool, String target) {
        return targets(view, pool).stream()
                .map(TargetView::target)
                .filter(each -> each.id().name().equals(target))
                .map(each -> each.state())
                .findFirst()
                .orElseThrow();
    }

    private static Standing standing(AliasView view, String target) {
        return targets(view, "p1").stream()
                .filter(each -> each.target().id().name().equals(target))
                .map(TargetView::standing)
                .findFirst()
                .orElseThrow();
    }

    private static List<State> states(AliasView view) {
        return List.of(
                view.alias().state(),
                view.pool("p1").map(PoolView::pool).orElseThrow().state(),
                state(view, "p1", "a"),
                state(view, "p1", "b"));
    }
}
