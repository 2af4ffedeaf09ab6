package network.cortensor.portal.infra.operations;

import java.util.List;
import network.cortensor.portal.telemetry.Metric;
import software.amazon.awscdk.Duration;

/** Alarms on routers, their slots and the prober that looks after them. */
final class FleetRules {
    private static final Duration MINUTE = Duration.minutes(1);
    private static final Duration FIVE_MINUTES = Duration.minutes(5);

    private final Signals signals;

    FleetRules(Watched watched) {
        this.signals = watched.signals();
    }

    List<AlarmRule> rules() {
        return List.of(allEjected(), frozenTicks(), noTick(), slotsFull(), missingCredential(), foreignSessions());
    }

    private AlarmRule allEjected() {
        return new AlarmRule(
                "AllEjected",
                "every open target of a pool is ejected, for 3 minutes; requests are tried there all the same.",
                signals.total(Metric.POOLS_ALL_EJECTED, "Maximum", MINUTE),
                Bound.above(0, 3, 3));
    }

    private AlarmRule frozenTicks() {
        return new AlarmRule(
                "FrozenTicks",
                "the prober saw most of the fleet turn bad at once and does not believe itself, in 3 of 5 minutes.",
                signals.total(Metric.FROZEN_TICKS, "Sum", MINUTE),
                Bound.above(0, 3, 5));
    }

    private AlarmRule noTick() {
        return new AlarmRule(
                "NoTick",
                "the prober finished no tick for 5 minutes; health counts as unknown.",
                signals.total(Metric.TICKS, "Sum", FIVE_MINUTES),
                Bound.below(1));
    }

    private AlarmRule slotsFull() {
        return new AlarmRule(
                "SlotsFull",
                "a pool has more than 90 % of its slots taken, for 10 minutes; requests queue.",
                signals.total(Metric.SLOTS_SHARE, "Maximum", FIVE_MINUTES),
                Bound.above(90, 2, 2));
    }

    private AlarmRule missingCredential() {
        return new AlarmRule(
                "MissingCredential",
                "a router's credential is missing or cannot be read; no request is sent there, in 3 of 5 minutes.",
                signals.total(Metric.MISSING_CREDENTIALS, "Maximum", MINUTE),
                Bound.above(0, 3, 5));
    }

    private AlarmRule foreignSessions() {
        return new AlarmRule(
                "ForeignSessions",
                "somebody else seems to use one of our sessions, in 3 of 5 minutes; answers may be swapped.",
                signals.total(Metric.FOREIGN_SESSIONS, "Maximum", MINUTE),
                Bound.above(0, 3, 5));
    }
}
