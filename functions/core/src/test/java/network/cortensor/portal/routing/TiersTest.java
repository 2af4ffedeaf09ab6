package network.cortensor.portal.routing;

import static network.cortensor.portal.routing.ExampleCatalog.alias;
import static network.cortensor.portal.routing.ExampleCatalog.order;
import static network.cortensor.portal.routing.ExampleCatalog.pool;
import static network.cortensor.portal.routing.ExampleCatalog.question;
import static network.cortensor.portal.routing.ExampleCatalog.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.TargetId;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In which order a request's targets are tried, and which are not. */
class TiersTest {
    private static final Needs ANYTHING = Needs.everywhere(Set.of());

    private static final List<Route> TO_A = List.of(new Route("a", 1));

    @Test
    void tiersAreTheRoutesLiveThenItsDegradedThenEachFallbackPools() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of("f", "g"),
                pool("a", State.LIVE, target("a-degraded").state(State.DEGRADED), target("a-live")),
                pool("f", State.LIVE, target("f-degraded").state(State.DEGRADED), target("f-live")),
                pool("g", State.DEGRADED, target("g-live")));

        assertThat(order(Decision.of(view, question())))
                .containsExactly("a-live", "a-degraded", "f-live", "f-degraded", "g-live");
    }

    @Test
    void inATierThoseOfKnownGoodHealthComeFirst() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of(),
                pool(
                        "a",
                        State.LIVE,
                        target("unknown").standing(Standing.UNKNOWN).weight(1_000),
                        target("degraded-unknown").state(State.DEGRADED).standing(Standing.UNKNOWN),
                        target("degraded-good").state(State.DEGRADED),
                        target("good")));

        assertThat(order(Decision.of(view, question())))
                .containsExactly("good", "unknown", "degraded-good", "degraded-unknown");
    }

    static Stream<Arguments> everyCombinationOfStates() {
        return Stream.of(State.values())
                .flatMap(alias -> Stream.of(State.values())
                        .flatMap(pool -> Stream.of(State.values()).map(target -> Arguments.of(alias, pool, target))));
    }

    @ParameterizedTest(name = "alias {0}, pool {1}, target {2}")
    @MethodSource("everyCombinationOfStates")
    void theWorstOfThreeStatesDecides(State aliasState, State poolState, State targetState) {
        AliasView view = alias(
                aliasState,
                TO_A,
                List.of("f"),
                pool("a", poolState, target("a1").state(targetState), target("a2")),
                pool("f", State.LIVE, target("f1")));

        List<String> order = order(Decision.of(view, question()));

        List<State> states = List.of(aliasState, poolState, targetState);
        boolean open = !states.contains(State.PAUSED) && !states.contains(State.DRAINING);
        assertThat(order.contains("a1")).isEqualTo(open);
        if (open && states.contains(State.DEGRADED)) {
            assertThat(order.indexOf("a1")).isGreaterThanOrEqualTo(order.indexOf("a2"));
        }
        if (!aliasState.takesRequests()) {
            assertThat(order).isEmpty();
        } else {
            assertThat(order).endsWith("f1");
        }
    }

    @Test
    void aDegradedTargetIsOnlyTriedAfterEveryLiveOne() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of(),
                pool(
                        "a",
                        State.LIVE,
                        target("degraded").state(State.DEGRADED).weight(1_000),
                        target("live-unknown").standing(Standing.UNKNOWN)));

        assertThat(order(Decision.of(view, question()))).containsExactly("live-unknown", "degraded");
    }

    @Test
    void aTriedTargetIsNotTriedAgainButKeepsItsRouteOpen() {
        AliasView view = alias(
                State.LIVE,
                List.of(new Route("a", 1_000_000), new Route("b", 1)),
                List.of("f"),
                pool("a", State.LIVE, target("a1")),
                pool("b", State.LIVE, target("b1")),
                pool("f", State.LIVE, target("f1")));
        Question again = new Question("customer-1", Set.of(), Set.of(new TargetId("a", "a1")), ExampleCatalog.NOW);

        Decision decision = Decision.of(view, again);

        assertThat(decision.route()).map(Route::pool).contains("a");
        assertThat(decision.governing()).map(pool -> pool.pool().name()).contains("a");
        assertThat(order(decision)).containsExactly("f1");
    }

    @Test
    void anEjectedTargetIsNotPicked() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of(),
                pool(
                        "a",
                        State.LIVE,
                        target("ejected").standing(Standing.EJECTED),
                        target("degraded").state(State.DEGRADED)));

        assertThat(order(Decision.of(view, question()))).containsExactly("degraded");
    }

    @Test
    void aPoolWhoseOpenTargetsAreAllEjectedFailsOpenBehindTheFallbacks() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of("f"),
                pool(
                        "a",
                        State.LIVE,
                        target("ejected").standing(Standing.EJECTED),
                        target("good-but-paused").state(State.PAUSED),
                        target("good-but-weightless").weight(0)),
                pool("f", State.LIVE, target("f1")));

        Decision decision = Decision.of(view, question());

        assertThat(order(decision)).containsExactly("f1", "ejected");
        assertThat(decision.pools()).extracting(PoolChoice::failsOpen).containsExactly(true, false);
    }

    @Test
    void poolsThatFailOpenComeLastInTheirOwnOrder() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of("f", "g"),
                pool("a", State.LIVE, target("a1").standing(Standing.EJECTED)),
                pool("f", State.LIVE, target("f1").standing(Standing.EJECTED)),
                pool("g", State.DEGRADED, target("g1").standing(Standing.UNKNOWN)));

        assertThat(order(Decision.of(view, question()))).containsExactly("g1", "a1", "f1");
    }

    @Test
    void whatWasSilentOrOutOfReachJustNowComesBehindAllOthersInRotation() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of("f"),
                pool("a", State.LIVE, target("silent"), target("good"), target("unreachable")),
                pool("f", State.LIVE, target("f1"), target("f-ejected").standing(Standing.EJECTED)));
        JustSeen seen = new JustSeen(Set.of(new TargetId("a", "silent")), Set.of("unreachable.example:443"), Map.of());
        Question question = new Question("customer-1", ANYTHING, Set.of(), seen, ExampleCatalog.NOW);

        List<String> order = order(Decision.of(view, question));

        assertThat(order).startsWith("good", "f1").hasSize(4).contains("silent", "unreachable");
    }

    @Test
    void aServerThatWantsNoNewRequestsGetsNone() {
        AliasView view = alias(State.LIVE, TO_A, List.of(), pool("a", State.LIVE, target("limited"), target("good")));
        Map<TargetId, Instant> until = Map.of(new TargetId("a", "limited"), ExampleCatalog.NOW.plusSeconds(17));
        JustSeen seen = new JustSeen(Set.of(), Set.of(), until);

        Decision now = Decision.of(view, new Question("c", ANYTHING, Set.of(), seen, ExampleCatalog.NOW));
        Decision then =
                Decision.of(view, new Question("c", ANYTHING, Set.of(), seen, ExampleCatalog.NOW.plusSeconds(17)));

        assertThat(order(now)).containsExactly("good");
        assertThat(now.limitedUntil()).contains(ExampleCatalog.NOW.plusSeconds(17));
        assertThat(order(then)).containsExactlyInAnyOrder("limited", "good");
        assertThat(then.limitedUntil()).isEmpty();
    }

    @Test
    void theLastAttemptIsKeptForAFallbackThatHasATrustedTarget() {
        PoolView a = pool("a", State.LIVE, target("a1"), target("tried"));
        Question again = new Question("c", Set.of(), Set.of(new TargetId("a", "tried")), ExampleCatalog.NOW);
        AliasView spared = alias(State.LIVE, TO_A, List.of("f"), a, pool("f", State.LIVE, target("f1")));
        AliasView ejected = alias(
                State.LIVE,
                TO_A,
                List.of("f"),
                a,
                pool("f", State.LIVE, target("f1").standing(Standing.EJECTED)));
        AliasView noRoute = alias(State.LIVE, List.of(), List.of("a", "f"), a, pool("f", State.LIVE, target("f1")));

        assertThat(order(Decision.of(spared, again), AttemptTurn.LAST)).containsExactly("f1", "a1");
        assertThat(order(Decision.of(ejected, again), AttemptTurn.LAST)).containsExactly("a1", "f1");
        assertThat(order(Decision.of(noRoute, again), AttemptTurn.LAST)).containsExactly("f1", "a1");
    }

    /** Its failure may have been the one that took it out. */
    @Test
    void aPoolStaysTriedWhenHealthTakesOutTheTargetThatWas() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of("f"),
                pool("a", State.LIVE, target("a1"), target("tried").standing(Standing.EJECTED)),
                pool("f", State.LIVE, target("f1")));
        Set<TargetId> tried = Set.of(new TargetId("a", "tried"));

        Decision decision = Decision.of(view, new Question("c", Set.of(), tried, ExampleCatalog.NOW));

        assertThat(order(decision, AttemptTurn.LAST)).containsExactly("f1", "a1");
    }

    @Test
    void anAttemptIsKeptForEachPoolThatWasNotTried() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of("f", "paused", "g"),
                pool("a", State.LIVE, target("a1"), target("tried")),
                pool("f", State.LIVE, target("f1"), target("f-tried")),
                pool("paused", State.PAUSED, target("p1")),
                pool("g", State.LIVE, target("g1")));
        TargetId a = new TargetId("a", "tried");
        TargetId f = new TargetId("f", "f-tried");
        Decision second = Decision.of(view, new Question("c", Set.of(), Set.of(a), ExampleCatalog.NOW));
        Decision third = Decision.of(view, new Question("c", Set.of(), Set.of(a, f), ExampleCatalog.NOW));

        assertThat(order(second, new AttemptTurn(3))).startsWith("a1");
        assertThat(order(second, new AttemptTurn(2))).endsWith("g1", "a1").hasSize(4);
        assertThat(order(third, new AttemptTurn(2))).containsExactly("a1", "f1", "g1");
        assertThat(order(third, AttemptTurn.LAST)).containsExactly("g1", "a1", "f1");
    }

    @Test
    void healthIsIgnoredForARequestThatOnlyEjectedTargetsServe() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of(),
                pool(
                        "a",
                        State.LIVE,
                        target("prompts-only"),
                        target("serves-tools").openAi().standing(Standing.EJECTED)));
        Question tools = new Question("customer-1", Set.of(Feature.TOOLS), Set.of(), ExampleCatalog.NOW);

        assertThat(order(Decision.of(view, tools))).containsExactly("serves-tools");
        assertThat(order(Decision.of(view, question()))).containsExactly("prompts-only");
    }

    @Test
    void aPoolWithoutTargetsDoesNotFailOpen() {
        AliasView view = alias(State.LIVE, TO_A, List.of(), pool("a", State.LIVE));

        assertThat(Decision.of(view, question()).pools()).isEmpty();
        assertThat(Decision.of(view, question()).governing()).isEmpty();
    }

    @Test
    void aSessionMustOutliveAnAttempt() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of(),
                pool(
                        "a",
                        State.LIVE,
                        target("ends-with-it").sessionEndsIn(Duration.ofSeconds(150)),
                        target("outlives-it")
                                .sessionEndsIn(Duration.ofSeconds(150).plusNanos(1)),
                        target("is-over").sessionEndsIn(Duration.ofDays(-1))));

        assertThat(order(Decision.of(view, question()))).containsExactly("outlives-it");
    }

    @Test
    void fallbackPoolsServeWhenNoRouteIsOpen() {
        AliasView view = alias(
                State.LIVE,
                List.of(new Route("a", 0), new Route("nowhere", 1)),
                List.of("f"),
                pool("a", State.LIVE, target("a1")),
                pool("f", State.LIVE, target("f1")));

        Decision decision = Decision.of(view, question());

        assertThat(decision.route()).isEmpty();
        assertThat(decision.governing()).map(pool -> pool.pool().name()).contains("f");
        assertThat(order(decision)).containsExactly("f1");
    }

    @Test
    void otherRoutesAreNoFallback() {
        AliasView view = alias(
                State.LIVE,
                List.of(new Route("a", 1_000_000), new Route("canary", 1)),
                List.of(),
                pool("a", State.LIVE, target("a1")),
                pool("canary", State.LIVE, target("c1")));

        assertThat(order(Decision.of(view, question()))).containsExactly("a1");
    }

    @Test
    void aPoolIsWalkedOnceEvenIfItIsRouteAndFallbackAtOnce() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of("f", "a", "f"),
                pool("a", State.LIVE, target("a1")),
                pool("f", State.LIVE, target("f1")));

        assertThat(order(Decision.of(view, question()))).containsExactly("a1", "f1");
    }

    @Test
    void firstDrawsFollowTheWeights() {
        AliasView view = alias(
                State.LIVE,
                TO_A,
                List.of(),
                pool(
                        "a",
                        State.LIVE,
                        target("t70").weight(70),
                        target("t20").weight(20),
                        target("t10").weight(10)));
        Decision decision = Decision.of(view, question());
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> second = new HashMap<>();
        for (int draw = 0; draw < 10_000; draw++) {
            var order = decision.order(random, AttemptTurn.FIRST);
            first.merge(order.next().target().id().name(), 1, Integer::sum);
            second.merge(order.next().target().id().name(), 1, Integer::sum);
        }

        assertThat(first.get("t70")).isCloseTo(7_000, within(200));
        assertThat(first.get("t20")).isCloseTo(2_000, within(200));
        assertThat(first.get("t10")).isCloseTo(1_000, within(200));
        assertThat(second.get("t20")).isCloseTo(4_889, within(250));
    }

    @Test
    void theLargestWeightsDoNotOverflow() {
        PoolView pool = pool(
                "a",
                State.LIVE,
                target("x").weight(Integer.MAX_VALUE),
                target("y").weight(Integer.MAX_VALUE),
                target("z").weight(Integer.MAX_VALUE));

        assertThat(order(Decision.of(alias(State.LIVE, TO_A, List.of(), pool), question())))
                .containsExactlyInAnyOrder("x", "y", "z");
    }

    @Test
    void anOrderThatWasReadToItsEndHasNoMore() {
        var order = Decision.of(alias(State.LIVE, TO_A, List.of(), pool("a", State.LIVE, target("a1"))), question())
                .order(new SplittableRandom(1), AttemptTurn.FIRST);
        order.next();

        Assertions.assertThatThrownBy(order::next).isInstanceOf(NoSuchElementException.class);
    }
}
