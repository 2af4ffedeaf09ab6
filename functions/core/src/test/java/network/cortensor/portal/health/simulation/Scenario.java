package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import network.cortensor.portal.model.Target;

/**
 * What goes wrong when.
 *
 * @param troubles of targets; the first that applies counts
 * @param proberBlind when the prober does not reach some routers
 * @param proberDead when no tick runs
 * @param throttled when the table of health answers nobody
 */
record Scenario(
        String name, List<Trouble> troubles, List<Blindness> proberBlind, List<Span> proberDead, List<Span> throttled) {

    static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    static final Duration LENGTH = Duration.ofDays(2);

    /** From one instant until just before another. */
    record Span(Instant from, Instant to) {
        static Span of(Duration afterStart, Duration length) {
            return new Span(START.plus(afterStart), START.plus(afterStart).plus(length));
        }

        boolean holds(Instant at) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    /** That the prober does not reach some targets, while customers do. */
    record Blindness(Predicate<Target> where, Span when) {}

    /** A condition that some targets are in for a while. */
    record Trouble(Predicate<Target> where, Span when, SessionCondition condition) {}

    static Scenario of(String name, Trouble... troubles) {
        return new Scenario(name, List.of(troubles), List.of(), List.of(), List.of());
    }

    Scenario withProberBlind(Span span) {
        return withProberBlind(everywhere -> true, span);
    }

    Scenario withProberBlind(Predicate<Target> where, Span span) {
        return new Scenario(name, troubles, List.of(new Blindness(where, span)), proberDead, throttled);
    }

    Scenario withProberDead(Span span) {
        return new Scenario(name, troubles, proberBlind, List.of(span), throttled);
    }

    Scenario withTableThrottled(Span span) {
        return new Scenario(name, troubles, proberBlind, proberDead, List.of(span));
    }

    SessionCondition at(Target target, Instant now) {
        for (Trouble trouble : troubles) {
            if (trouble.when().holds(now) && trouble.where().test(target)) {
                return trouble.condition();
            }
        }
        return SessionCondition.WELL;
    }

    /** What the prober sees of it. */
    boolean sees(Target target, Instant now) {
        return proberBlind.stream()
                .noneMatch(blind -> blind.when().holds(now) && blind.where().test(target));
    }

    boolean ticks(Instant now) {
        return proberDead.stream().noneMatch(span -> span.holds(now));
    }

    boolean tableAnswers(Instant now) {
        return throttled.stream().noneMatch(span -> span.holds(now));
    }

    @Override
    public String toString() {
        return name;
    }
}
