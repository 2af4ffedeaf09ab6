package network.cortensor.portal.catalog;

import static network.cortensor.portal.catalog.ExampleItems.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.Problem.Severity;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.TargetId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WholeCatalogTest {

    @Test
    void aGoodCatalogHasNoProblems() {
        WholeCatalog catalog = WholeCatalog.of(ExampleItems.of("one", "two"));

        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.aliases()).containsOnlyKeys("one", "two");
        assertThat(catalog.targets()).hasSize(4);
    }

    static Stream<Arguments> relations() {
        return Stream.of(
                relation(
                        "a route to nowhere",
                        items -> ExampleItems.model(items, "one")
                                .put(
                                        "routes",
                                        ItemValue.ofPlain(List.of(Map.of("pool", "gone", "weight", number("1"))))),
                        "model one: routes[0].pool: \"gone\" does not exist (expected: the name of an item)"),
                relation(
                        "a fallback to nowhere",
                        items -> ExampleItems.model(items, "one")
                                .put("fallbackPools", ItemValue.ofPlain(List.of("gone"))),
                        "model one: fallbackPools[0]: \"gone\" does not exist (expected: the name of an item)"),
                relation(
                        "a target of no pool",
                        items ->
                                items.targets().put("gone", Map.of("r1", ItemValue.item(ExampleItems.router("three")))),
                        "target gone/r1: pool: \"gone\" does not exist (expected: the name of an item)"),
                relation(
                        "a pool that serves a model that is none",
                        items -> ExampleItems.pool(items, "one-pool").put("servesModel", ItemValue.ofPlain("three")),
                        "pool one-pool: servesModel: \"three\" does not exist (expected: the name of an item)"),
                relation(
                        "a successor that is none",
                        items -> ExampleItems.model(items, "one").put("successor", ItemValue.ofPlain("three")),
                        "model one: successor: \"three\" does not exist (expected: the name of an item)"),
                relation(
                        "another name that is a model's own",
                        items -> ExampleItems.model(items, "one").put("aka", ItemValue.ofPlain(List.of("uno", "two"))),
                        "model one: aka[1]: \"two\" is a name of model two (expected: a name that no model has)"),
                relation(
                        "another name that is its own",
                        items -> ExampleItems.model(items, "one").put("aka", ItemValue.ofPlain(List.of("one"))),
                        "model one: aka[0]: \"one\" is a name of this model itself (expected: a name that no model"
                                + " has)"),
                relation(
                        "another name that is none",
                        items -> ExampleItems.model(items, "one").put("aka", ItemValue.ofPlain(List.of("Uno"))),
                        "model one: aka: a list of 1 (expected: a list of names without doubles)"),
                relation(
                        "a key that is no name",
                        items -> items.pools().put("Pool\n", ItemValue.item(ExampleItems.pool())),
                        "pool \"Pool\\u000a\": key: not a name (expected: [a-z0-9][a-z0-9.-]{0,63})"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("relations")
    void whatDoesNotFitTogetherIsNamed(String name, Consumer<WholeCatalog.Items> edit, String expected) {
        WholeCatalog.Items items = ExampleItems.of("one", "two");
        edit.accept(items);

        assertThat(WholeCatalog.of(items).problems())
                .extracting(Problem::severity, Problem::toString)
                .containsExactly(tuple(Severity.ERROR, expected));
    }

    /** Nobody knows which of the two was meant, so it is neither. */
    @Test
    void anotherNameThatTwoModelsHaveBelongsToNone() {
        WholeCatalog.Items items = ExampleItems.of("one", "two");
        ExampleItems.model(items, "one").put("aka", ItemValue.ofPlain(List.of("uno")));
        ExampleItems.model(items, "two").put("aka", ItemValue.ofPlain(List.of("dos", "uno")));
        WholeCatalog catalog = WholeCatalog.of(items);

        assertThat(catalog.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "model one: aka[0]: \"uno\" is a name of model two (expected: a name that no model has)",
                        "model two: aka[1]: \"uno\" is a name of model one (expected: a name that no model has)");
        assertThat(catalog.alias("uno")).isEmpty();
        assertThat(catalog.alias("dos")).contains(catalog.aliases().get("two"));
        assertThat(catalog.alias("two")).contains(catalog.aliases().get("two"));
        assertThat(catalog.alias("three")).isEmpty();
    }

    @Test
    void aSuccessorMayBeCalledByAnotherOfItsNames() {
        WholeCatalog.Items items = ExampleItems.of("one", "two");
        ExampleItems.model(items, "one").put("successor", ItemValue.ofPlain("dos"));
        ExampleItems.model(items, "two").put("aka", ItemValue.ofPlain(List.of("dos")));

        assertThat(WholeCatalog.of(items).problems()).isEmpty();
    }

    static Stream<Arguments> advice() {
        return Stream.of(
                relation(
                        "closed routes",
                        items -> ExampleItems.model(items, "one")
                                .put(
                                        "routes",
                                        ItemValue.ofPlain(List.of(Map.of("pool", "one-pool", "weight", number("0"))))),
                        "model one: routes: every weight is 0"),
                relation(
                        "more fallback pools than attempts",
                        items -> {
                            ExampleItems.model(items, "one")
                                    .put("fallbackPools", ItemValue.ofPlain(List.of("two-pool", "one-pool")));
                            ExampleItems.pool(items, "one-pool").put("maxAttempts", ItemValue.ofPlain(BigDecimal.ONE));
                        },
                        "pool one-pool: maxAttempts: 1, so a request of model one that fails here cannot try each of its"
                                + " fallback pools (expected: at least 2)"),
                relation(
                        "retired without a successor",
                        items -> ExampleItems.model(items, "one").put("stage", ItemValue.ofPlain("retired")),
                        "model one: successor: missing"),
                relation(
                        "a queue that leaves no time for an attempt",
                        items -> ExampleItems.pool(items, "one-pool")
                                .put("queueSeconds", ItemValue.ofPlain(number("101"))),
                        "pool one-pool: queueSeconds: with attemptSeconds more than totalSeconds"),
                relation(
                        "a session of several slots",
                        items -> Objects.requireNonNull(
                                        ExampleItems.targets(items, "one-pool").get("r1"))
                                .put("capacity", ItemValue.ofPlain(number("10"))),
                        "target one-pool/r1: capacity: 10 on a Cortensor session"),
                relation(
                        "a pool of nothing",
                        items -> items.targets().remove("one-pool"),
                        "pool one-pool: targets: none"),
                relation(
                        "an answer longer than the context",
                        items -> ExampleItems.model(items, "one")
                                .put("maxOutputTokens", ItemValue.ofPlain(number("131073"))),
                        "model one: maxOutputTokens: more than contextLength"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("advice")
    void whatWorksButIsHardlyMeantSoIsAdvised(String name, Consumer<WholeCatalog.Items> edit, String expected) {
        WholeCatalog.Items items = ExampleItems.of("one", "two");
        edit.accept(items);

        assertThat(WholeCatalog.of(items).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.ADVICE);
            assertThat(problem.toString()).startsWith(expected);
        });
    }

    @Test
    void targetsThatShareASessionArePausedAllAcrossPoolsAndHoweverTheHostIsWritten() {
        WholeCatalog.Items items = ExampleItems.of("one", "two");
        Map<String, Object> twin = ExampleItems.router("ONE");
        twin.put("routerUrl", "https://ONE.example:5010");
        ExampleItems.targets(items, "two-pool").put("twin", ItemValue.item(twin));

        WholeCatalog catalog = WholeCatalog.of(items);

        assertThat(catalog.targets())
                .extractingByKeys(new TargetId("one-pool", "r1"), new TargetId("two-pool", "twin"))
                .allSatisfy(target -> assertThat(target.state()).isEqualTo(State.PAUSED));
        assertThat(catalog.targets().get(new TargetId("two-pool", "r1")))
                .satisfies(target -> assertThat(target.state()).isEqualTo(State.LIVE));
        assertThat(catalog.problems())
                .extracting(Problem::item, Problem::field)
                .containsExactly(tuple("target one-pool/r1", "sessionId"), tuple("target two-pool/twin", "sessionId"));
    }

    private static Arguments relation(String name, Consumer<WholeCatalog.Items> edit, String expected) {
        return Arguments.of(name, edit, expected);
    }
}
