package network.cortensor.portal.routing;

import static network.cortensor.portal.routing.ExampleCatalog.alias;
import static network.cortensor.portal.routing.ExampleCatalog.pool;
import static network.cortensor.portal.routing.ExampleCatalog.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which customers a rollout moves, and that it moves no others. */
class RolloutTest {
    private static final int CUSTOMERS = 10_000;

    /** 99.99 % of honest draws over three routes stay below. */
    private static final double CHI_SQUARE_OF_TWO_DEGREES = 18.42;

    private static final List<Route> ROUTES = List.of(new Route("a", 70), new Route("b", 20), new Route("c", 10));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void sharesFollowTheWeights(long seed) {
        Map<String, Integer> shares = new HashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        AliasView view = allOpen(ExampleCatalog.ALIAS, ROUTES);
        for (int i = 0; i < CUSTOMERS; i++) {
            shares.merge(chosen(view, Long.toHexString(random.nextLong())).orElseThrow(), 1, Integer::sum);
        }

        double chiSquare = 0;
        for (Route route : ROUTES) {
            double expected = CUSTOMERS * route.weight() / 100.0;
            chiSquare += Math.pow(shares.getOrDefault(route.pool(), 0) - expected, 2) / expected;
        }
        assertThat(chiSquare).isLessThan(CHI_SQUARE_OF_TWO_DEGREES);
    }

    @Test
    void customersStayWhereTheyAre() {
        AliasView view = allOpen(ExampleCatalog.ALIAS, ROUTES);
        Map<String, String> first = new TreeMap<>();
        for (int i = 1; i <= 8; i++) {
            first.put("customer-" + i, chosen(view, "customer-" + i).orElseThrow());
        }

        assertThat(first)
                .isEqualTo(Map.of(
                        "customer-1",
                        "b",
                        "customer-2",
                        "a",
                        "customer-3",
                        "a",
                        "customer-4",
                        "b",
                        "customer-5",
                        "a",
                        "customer-6",
                        "a",
                        "customer-7",
                        "a",
                        "customer-8",
                        "a"));
    }

    @Test
    void onlyTheWeightsProportionsMatterAndNotTheirOrder() {
        List<Route> tenfold = List.of(new Route("c", 100), new Route("b", 200), new Route("a", 700));

        assertThat(moves(ROUTES, tenfold)).isEmpty();
    }

    @Test
    void aClosedRouteMovesItsOwnCustomersOnly() {
        List<Route> closed = List.of(new Route("a", 70), new Route("b", 0), new Route("c", 10));

        assertThat(moves(ROUTES, closed)).containsOnlyKeys("b to a", "b to c");
    }

    @Test
    void aNewRouteMovesCustomersToItselfOnly() {
        List<Route> more = List.of(new Route("a", 70), new Route("b", 20), new Route("c", 10), new Route("d", 5));

        assertThat(moves(ROUTES, more)).containsOnlyKeys("a to d", "b to d", "c to d");
    }

    @Test
    void aRaisedWeightMovesCustomersToItsRouteOnly() {
        List<Route> raised = List.of(new Route("a", 70), new Route("b", 20), new Route("c", 30));

        assertThat(moves(ROUTES, raised)).containsOnlyKeys("a to c", "b to c");
    }

    @Test
    void aLoweredWeightMovesItsRoutesCustomersOnly() {
        List<Route> lowered = List.of(new Route("a", 35), new Route("b", 20), new Route("c", 10));

        assertThat(moves(ROUTES, lowered)).containsOnlyKeys("a to b", "a to c");
    }

    @Test
    void aPoolThatClosesAndOpensAgainGetsItsOwnCustomersBack() {
        Map<String, Integer> away = moves(open("a", "b", "c"), open("a", "c"));

        assertThat(away).containsOnlyKeys("b to a", "b to c");
        assertThat(moves(open("a", "c"), open("a", "b", "c"))).containsOnlyKeys("a to b", "c to b");
        assertThat(away.values().stream().mapToInt(Integer::intValue).sum()).isBetween(1_800, 2_200);
    }

    @Test
    void nothingElseMovesACustomer() {
        AliasView plain = open("a", "b", "c");
        AliasView changed = alias(
                State.DEGRADED,
                ROUTES,
                List.of("c", "f"),
                pool("a", State.DEGRADED, target("a1").standing(Standing.EJECTED), target("a2")),
                pool(
                        "b",
                        State.LIVE,
                        target("b1").state(State.DEGRADED),
                        target("b2").state(State.PAUSED)),
                pool("c", State.LIVE, target("c1").weight(7)),
                pool("f", State.LIVE, target("f1")));

        assertThat(moves(plain, changed)).isEmpty();
    }

    @Test
    void anotherAliasSplitsTheSameCustomersAnew() {
        List<Route> halves = List.of(new Route("a", 50), new Route("b", 50));
        Map<String, Integer> moves = moves(allOpen("gemma-4-26b", halves), allOpen("qwen-3.5-9b", halves));

        assertThat(moves.get("a to b")).isBetween(2_300, 2_700);
        assertThat(moves.get("b to a")).isBetween(2_300, 2_700);
    }

    @Test
    void aWeightOfZeroNeverWins() {
        assertThat(chosen(allOpen(ExampleCatalog.ALIAS, List.of(new Route("a", 0))), "customer-1"))
                .isEmpty();
    }

    @Test
    void aRouteWithoutAnOpenTargetIsNotChosen() {
        for (PoolView closed : List.of(
                pool("a", State.LIVE),
                pool("a", State.PAUSED, target("a1")),
                pool("a", State.LIVE, target("a1").state(State.DRAINING)),
                pool("a", State.LIVE, target("a1").weight(0)),
                pool("a", State.LIVE, target("a1").sessionEndsIn(Duration.ofSeconds(150))))) {
            AliasView view = alias(State.LIVE, ROUTES, List.of(), closed, pool("c", State.LIVE, target("c1")));

            assertThat(Decision.of(view, ExampleCatalog.question()).route())
                    .map(Route::pool)
                    .contains("c");
        }
    }

    @Test
    void aRouteWhosePoolServesNotWhatTheRequestNeedsIsNotChosen() {
        AliasView view = alias(
                State.LIVE,
                ROUTES,
                List.of(),
                pool("a", State.LIVE, target("a1")),
                pool("c", State.LIVE, target("c1").openAi()));
        Question tools = new Question("customer-1", Set.of(Feature.TOOLS), Set.of(), ExampleCatalog.NOW);

        Decision decision = Decision.of(view, tools);

        assertThat(decision.route()).map(Route::pool).contains("c");
        assertThat(decision.routes())
                .extracting(RouteScore::openness)
                .containsExactly(
                        RouteScore.Openness.NO_OPEN_TARGET, RouteScore.Openness.NO_POOL, RouteScore.Openness.OPEN);
    }

    @Test
    void anEjectedPoolKeepsItsCustomers() {
        AliasView view = alias(
                State.LIVE,
                List.of(new Route("a", 99), new Route("c", 1)),
                List.of(),
                pool("a", State.LIVE, target("a1").standing(Standing.EJECTED)),
                pool("c", State.LIVE, target("c1")));

        assertThat(Decision.of(view, ExampleCatalog.question()).route())
                .map(Route::pool)
                .contains("a");
    }

    private static Map<String, Integer> moves(List<Route> before, List<Route> after) {
        return moves(allOpen(ExampleCatalog.ALIAS, before), allOpen(ExampleCatalog.ALIAS, after));
    }

    /** How many customers go from where to where. */
    private static Map<String, Integer> moves(AliasView before, AliasView after) {
        Map<String, Integer> moves = new TreeMap<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            String from = chosen(before, "customer-" + i).orElseThrow();
            String to = chosen(after, "customer-" + i).orElseThrow();
            if (!from.equals(to)) {
                moves.merge(from + " to " + to, 1, Integer::sum);
            }
        }
        return moves;
    }

    private static Optional<String> chosen(AliasView view, String customer) {
        Question question = new Question(customer, Set.of(), Set.of(), ExampleCatalog.NOW);
        return Decision.of(view, question).route().map(Route::pool);
    }

    /** {@link #ROUTES}, with an open target in some of their pools only. */
    private static AliasView open(String... pools) {
        return open(ExampleCatalog.ALIAS, ROUTES, Stream.of(pools));
    }

    private static AliasView allOpen(String alias, List<Route> routes) {
        return open(alias, routes, routes.stream().map(Route::pool));
    }

    private static AliasView open(String alias, List<Route> routes, Stream<String> pools) {
        return alias(
                alias,
                State.LIVE,
                routes,
                List.of(),
                pools.map(name -> pool(name, State.LIVE, target(name + "1"))).toArray(PoolView[]::new));
    }
}
