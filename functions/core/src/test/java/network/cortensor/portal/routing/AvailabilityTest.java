package network.cortensor.portal.routing;

import static network.cortensor.portal.routing.Availability.AVAILABLE;
import static network.cortensor.portal.routing.Availability.DEGRADED;
import static network.cortensor.portal.routing.Availability.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Protocol.SessionForm;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvailabilityTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static AliasView view(State alias, List<Route> routes, List<String> fallbacks, PoolView... pools) {
        return new AliasView(
                new ModelAlias(
                        "m",
                        new ModelAlias.Description("M", "f", "d"),
                        8192,
                        1024,
                        Set.of(),
                        new ModelAlias.Lifecycle(
                                LocalDate.of(2026, 1, 1), Stage.AVAILABLE, Optional.empty(), Optional.empty()),
                        alias,
                        routes,
                        fallbacks,
                        PromptFormat.PLAIN),
                Arrays.stream(pools)
                        .collect(Collectors.toMap(pool -> pool.pool().name(), pool -> pool)),
                NOW);
    }

    private static PoolView pool(String name, State state, TargetView... targets) {
        return new PoolView(new Pool(name, state, PoolTimes.DEFAULTS, 3, Streaming.NATIVE), List.of(targets));
    }

    private static TargetView target(State state, Standing standing) {
        return target(state, standing, 1, Optional.empty());
    }

    private static TargetView target(State state, Standing standing, int weight, Optional<Instant> sessionExpiresAt) {
        return new TargetView(
                new Target(
                        new TargetId("p", "t"),
                        URI.create("https://router.example"),
                        new Protocol.Cortensor(3, SessionForm.BODY, 1),
                        Capacity.ONE,
                        weight,
                        state,
                        sessionExpiresAt),
                standing,
                Optional.empty());
    }

    private static Availability ofOnePool(State alias, State pool, TargetView... targets) {
        return Availability.of(view(alias, List.of(new Route("p", 1)), List.of(), pool("p", pool, targets)), NOW);
    }

    @ParameterizedTest(name = "alias {0}, pool {1}, target {2}: {3}")
    @CsvSource({
        "LIVE, LIVE, LIVE, AVAILABLE",
        "DEGRADED, LIVE, LIVE, DEGRADED",
        "LIVE, DEGRADED, LIVE, DEGRADED",
        "LIVE, LIVE, DEGRADED, DEGRADED",
        "DRAINING, LIVE, LIVE, UNAVAILABLE",
        "LIVE, PAUSED, LIVE, UNAVAILABLE",
        "LIVE, LIVE, DRAINING, UNAVAILABLE",
        "PAUSED, DEGRADED, LIVE, UNAVAILABLE"
    })
    void theWorstOfTheThreeStatesCounts(State alias, State pool, State target, Availability expected) {
        assertThat(ofOnePool(alias, pool, target(target, Standing.GOOD))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} and {2} {3}: {4}")
    @CsvSource({
        "LIVE, GOOD, LIVE, EJECTED, AVAILABLE",
        "LIVE, UNKNOWN, PAUSED, GOOD, AVAILABLE",
        "LIVE, EJECTED, DEGRADED, GOOD, DEGRADED",
        "LIVE, EJECTED, LIVE, EJECTED, DEGRADED",
        "DEGRADED, EJECTED, PAUSED, GOOD, DEGRADED",
        "PAUSED, GOOD, DRAINING, GOOD, UNAVAILABLE"
    })
    void theBestTargetInRotationCounts(
            State first, Standing firstStanding, State second, Standing secondStanding, Availability expected) {
        assertThat(ofOnePool(State.LIVE, State.LIVE, target(first, firstStanding), target(second, secondStanding)))
                .isEqualTo(expected);
    }

    @Test
    void aTargetWithoutWeightIsNotOpen() {
        assertThat(ofOnePool(State.LIVE, State.LIVE, target(State.LIVE, Standing.GOOD, 0, Optional.empty())))
                .isEqualTo(UNAVAILABLE);
    }

    @Test
    void aSessionThatEndsBeforeAnAttemptCouldIsNotOpen() {
        Duration attempt = PoolTimes.DEFAULTS.attempt();

        assertThat(ofOnePool(
                        State.LIVE, State.LIVE, target(State.LIVE, Standing.GOOD, 1, Optional.of(NOW.plus(attempt)))))
                .isEqualTo(UNAVAILABLE);
        assertThat(ofOnePool(
                        State.LIVE,
                        State.LIVE,
                        target(
                                State.LIVE,
                                Standing.GOOD,
                                1,
                                Optional.of(NOW.plus(attempt).plusSeconds(1)))))
                .isEqualTo(AVAILABLE);
    }

    @Test
    void theBestRouteCountsAndAFallbackIsWorseThanAny() {
        PoolView paused = pool("paused", State.PAUSED, target(State.LIVE, Standing.GOOD));
        PoolView degraded = pool("degraded", State.DEGRADED, target(State.LIVE, Standing.GOOD));
        PoolView live = pool("live", State.LIVE, target(State.LIVE, Standing.GOOD));
        List<Route> routes = List.of(new Route("paused", 1), new Route("degraded", 1));

        assertThat(Availability.of(view(State.LIVE, routes, List.of(), paused, degraded, live), NOW))
                .isEqualTo(DEGRADED);
        assertThat(Availability.of(view(State.LIVE, routes, List.of("live"), paused, degraded, live), NOW))
                .isEqualTo(DEGRADED);
        assertThat(Availability.of(
                        view(State.LIVE, List.of(new Route("paused", 1)), List.of("live"), paused, live), NOW))
                .isEqualTo(DEGRADED);
        assertThat(Availability.of(
                        view(
                                State.LIVE,
                                List.of(new Route("paused", 1), new Route("live", 1)),
                                List.of("degraded"),
                                paused,
                                degraded,
                                live),
                        NOW))
                .isEqualTo(AVAILABLE);
    }

    @Test
    void aClosedRouteLeadsNowhere() {
        PoolView live = pool("live", State.LIVE, target(State.LIVE, Standing.GOOD));

        assertThat(Availability.of(view(State.LIVE, List.of(new Route("live", 0)), List.of(), live), NOW))
                .isEqualTo(UNAVAILABLE);
    }

    @Test
    void aRouteToAPoolThatIsGoneLeadsNowhere() {
        assertThat(Availability.of(view(State.LIVE, List.of(new Route("gone", 1)), List.of("gone-too")), NOW))
                .isEqualTo(UNAVAILABLE);
    }
}
