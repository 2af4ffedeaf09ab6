package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import network.cortensor.portal.health.simulation.Scenario.Span;
import network.cortensor.portal.health.simulation.Scenario.Trouble;
import network.cortensor.portal.model.Target;

/** What a pool with a healthy fallback pool behind it is put through. Troubles begin on the second day, at odd seconds between two ticks. */
final class FallbackScenarios {
    /** The pool that is struck. */
    static final String STRUCK = "busy";

    /** Its fallback pool, which has no customers of its own. */
    static final String BEHIND = "idle";

    private static final Duration BEGIN = Duration.ofHours(26).plusSeconds(17);
    private static final Duration LONG = Duration.ofHours(2);
    private static final int OUTAGES = 43;

    static final Scenario DEAD_PORTS =
            Scenario.of("no connection to any target, for 2 h", trouble(target -> true, SessionCondition.DOWN));

    static final Scenario DEAD_SERVERS =
            Scenario.of("503 from every target, for 2 h", trouble(target -> true, SessionCondition.OVERLOADED));

    static final Scenario SILENT =
            Scenario.of("every target is silent, for 2 h", trouble(target -> true, SessionCondition.MUTE));

    static final Scenario HALF_SILENT = Scenario.of(
            "every second target is silent, for 2 h",
            trouble(target -> SimulationFleet.router(target) % 2 == 0, SessionCondition.MUTE));

    static final Scenario OUTAGES_OF_A_MINUTE = Scenario.of(
            "503 from every target for a minute, every half hour",
            IntStream.range(0, OUTAGES)
                    .mapToObj(number -> new Trouble(
                            ofThePool(target -> true),
                            Span.of(BEGIN.plusMinutes(30L * number), Duration.ofMinutes(1)),
                            SessionCondition.OVERLOADED))
                    .toArray(Trouble[]::new));

    static final List<Scenario> ALL = List.of(DEAD_PORTS, DEAD_SERVERS, SILENT, HALF_SILENT, OUTAGES_OF_A_MINUTE);

    private FallbackScenarios() {}

    private static Trouble trouble(Predicate<Target> where, SessionCondition condition) {
        return new Trouble(ofThePool(where), Span.of(BEGIN, LONG), condition);
    }

    private static Predicate<Target> ofThePool(Predicate<Target> where) {
        return target -> target.id().pool().equals(STRUCK) && where.test(target);
    }
}
