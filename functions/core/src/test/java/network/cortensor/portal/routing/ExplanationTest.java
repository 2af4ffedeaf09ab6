package network.cortensor.portal.routing;

import static network.cortensor.portal.routing.ExampleCatalog.alias;
import static network.cortensor.portal.routing.ExampleCatalog.pool;
import static network.cortensor.portal.routing.ExampleCatalog.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.TargetId;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void everyRouteAndEveryTargetHasItsReason() {
        AliasView view = alias(
                State.LIVE,
                List.of(
                        new Route("a", 70),
                        new Route("b", 20),
                        new Route("gone", 5),
                        new Route("off", 0),
                        new Route("drained", 5)),
                List.of("f"),
                pool(
                        "a",
                        State.LIVE,
                        target("a1").weight(3),
                        target("a2"),
                        target("a3").standing(Standing.UNKNOWN),
                        target("a4").state(State.PAUSED),
                        target("a5").weight(0),
                        target("a6").sessionEndsIn(Duration.ZERO),
                        target("a7").standing(Standing.EJECTED),
                        target("a8")),
                pool("b", State.LIVE, target("b1")),
                pool("off", State.LIVE, target("o1")),
                pool("drained", State.DRAINING, target("d1")),
                pool("f", State.DEGRADED, target("f1").standing(Standing.EJECTED)));
        Question question = new Question("customer-3", Set.of(), Set.of(new TargetId("a", "a8")), ExampleCatalog.NOW);

        assertThat(Explanation.of(Decision.of(view, question)))
                .containsExactly(
                        "route a: weight 70, score 122.6, chosen",
                        "route b: weight 20, score 22.4, open",
                        "route gone: weight 5, score 4.7, closed: there is no such pool",
                        "route off: weight 0, score 0.0, closed: its weight is 0",
                        "route drained: weight 5, score 24.5, closed: no open target serves the request",
                        "pool a: live",
                        "  1. live, good: a1 75 %, a2 25 %",
                        "  2. live, unknown: a3 100 %",
                        "  not a4: its effective state is paused",
                        "  not a5: its weight is 0",
                        "  not a6: its session ends before an attempt could",
                        "  not a7: health has it out of rotation",
                        "  not a8: this request was sent to it before",
                        "pool f: degraded, every open target is ejected: they are tried when nothing better is left",
                        "  3. degraded, ejected: f1 100 %");
    }

    @Test
    void whatARequestNeedsIsAReasonToo() {
        AliasView view = alias(
                State.LIVE,
                List.of(),
                List.of("f"),
                pool("f", State.LIVE, target("f1"), target("f2").openAi()));
        Question tools = new Question("customer-1", Set.of(Feature.TOOLS), Set.of(), ExampleCatalog.NOW);

        assertThat(Explanation.of(Decision.of(view, tools)))
                .containsExactly(
                        "pool f: live",
                        "  1. live, good: f2 100 %",
                        "  not f1: its protocol does not serve what the request needs");
    }
}
