package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import network.cortensor.portal.health.simulation.Scenario.Span;
import network.cortensor.portal.health.simulation.Scenario.Trouble;
import network.cortensor.portal.model.Target;

/** Everything that the fleet is put through. Troubles begin on the second day, at odd seconds between two ticks. */
final class Scenarios {
    private static final Duration BEGIN = Duration.ofHours(26).plusSeconds(17);

    static final Scenario ALL_WELL = Scenario.of("all is well");

    static final Scenario ROUTER_DIES =
            Scenario.of("one router dies, returns after 6 h", trouble(onRouter(3), hours(6), SessionCondition.DOWN));

    static final Scenario HALF_DIES = Scenario.of(
            "6 of 12 routers die at once, return after 2 h",
            trouble(target -> SimulationFleet.router(target) % 2 == 0, hours(2), SessionCondition.DOWN));

    static final Scenario MOST_DIE = Scenario.of(
            "9 of 12 routers die at once, return after 2 h",
            trouble(target -> SimulationFleet.router(target) % 4 != 0, hours(2), SessionCondition.DOWN));

    static final Scenario ALL_DIE = Scenario.of(
            "all routers are down for 20 min",
            trouble(everywhere -> true, Duration.ofMinutes(20), SessionCondition.DOWN));

    static final Scenario HANGS_AS_RECORDED = Scenario.of(
            "1 task in 5 hangs, its retry does not",
            trouble(everywhere -> true, hours(20), SessionCondition.HANGS_AND_RETRIES_WELL));

    static final Scenario HANGS_ALWAYS = Scenario.of(
            "1 task in 5 hangs, retries too", trouble(everywhere -> true, hours(20), SessionCondition.HANGS_AT_TIMES));

    static final Scenario MUTE = Scenario.of(
            "one router looks alive, never answers, for 6 h", trouble(onRouter(3), hours(6), SessionCondition.MUTE));

    static final Scenario FLAPS = flapping();

    static final Scenario SLOW = Scenario.of(
            "one router takes twice as long, for 20 h", trouble(onRouter(3), hours(20), SessionCondition.SLOW));

    static final Scenario PROBER_BLIND =
            Scenario.of("the prober's own network is down for 2 h").withProberBlind(Span.of(BEGIN, hours(2)));

    static final Scenario HALF_DEAD_PROBER_BLIND = Scenario.of(
                    "the same, after 6 of 12 routers have died",
                    trouble(target -> SimulationFleet.router(target) % 2 == 0, hours(4), SessionCondition.DOWN))
            .withProberBlind(Span.of(BEGIN.plusHours(1), hours(2)));

    static final Scenario HALF_NETWORK = Scenario.of("the prober loses the way to 6 of 12 routers for 2 h")
            .withProberBlind(target -> SimulationFleet.router(target) % 2 == 0, Span.of(BEGIN, hours(2)));

    static final Scenario BUSY_SERVERS = Scenario.of(
            "one router answers 429 for 2 h, and is to be left alone for 20 s each time",
            trouble(onRouter(3), hours(2), SessionCondition.LIMITED));

    static final Scenario LOST_STORE = Scenario.of(
            "routers' keys cannot be read for 20 min",
            trouble(everywhere -> true, Duration.ofMinutes(20), SessionCondition.WITHOUT_KEY));

    static final Scenario STEADY_AND_LONG = Scenario.of(
            "every answer flows steadily for longer than an attempt may take, for 2 h",
            trouble(everywhere -> true, hours(2), SessionCondition.ENDLESS));

    static final Scenario PROBER_DEAD = Scenario.of(
                    "no tick for 6 h; a router dies and returns meanwhile",
                    trouble(onRouter(3), hours(3), SessionCondition.DOWN))
            .withProberDead(Span.of(BEGIN.minusMinutes(30), hours(6)));

    static final Scenario THROTTLED = Scenario.of(
                    "the health table is throttled for 30 min; a router dies meanwhile",
                    trouble(onRouter(3), hours(3), SessionCondition.DOWN))
            .withTableThrottled(Span.of(BEGIN.minusMinutes(5), Duration.ofMinutes(30)));

    static final List<Scenario> ALL = List.of(
            ALL_WELL,
            ROUTER_DIES,
            HALF_DIES,
            MOST_DIE,
            ALL_DIE,
            HANGS_AS_RECORDED,
            HANGS_ALWAYS,
            MUTE,
            FLAPS,
            SLOW,
            PROBER_BLIND,
            HALF_DEAD_PROBER_BLIND,
            HALF_NETWORK,
            BUSY_SERVERS,
            LOST_STORE,
            STEADY_AND_LONG,
            PROBER_DEAD,
            THROTTLED);

    private Scenarios() {}

    private static Scenario flapping() {
        List<Trouble> troubles = new ArrayList<>();
        for (int round = 0; round < 36; round++) {
            Span down = Span.of(BEGIN.plusMinutes(10L * round), Duration.ofMinutes(4));
            troubles.add(new Trouble(onRouter(3), down, SessionCondition.DOWN));
        }
        return Scenario.of("one router is down 4 of every 10 min, for 6 h", troubles.toArray(Trouble[]::new));
    }

    private static Trouble trouble(Predicate<Target> where, Duration length, SessionCondition condition) {
        return new Trouble(where, Span.of(BEGIN, length), condition);
    }

    private static Predicate<Target> onRouter(int router) {
        return target -> SimulationFleet.router(target) == router;
    }

    private static Duration hours(int hours) {
        return Duration.ofHours(hours);
    }
}
