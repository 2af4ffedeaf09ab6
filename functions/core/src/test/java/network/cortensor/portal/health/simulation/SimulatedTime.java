package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from one planned thing to the next; things planned for the same instant happen in the order of planning. */
final class SimulatedTime {
    private record Planned(Instant at, long order, Runnable thing) {}

    private final PriorityQueue<Planned> plan =
            new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparingLong(Planned::order));
    private Instant now;
    private long order;

    SimulatedTime(Instant start) {
        this.now = start;
    }

    Instant now() {
        return now;
    }

    void in(Duration delay, Runnable thing) {
        at(now.plus(delay), thing);
    }

    void at(Instant at, Runnable thing) {
        plan.add(new Planned(at, order++, thing));
    }

    void runUntil(Instant end) {
        while (!plan.isEmpty() && plan.peek().at().isBefore(end)) {
            Planned next = plan.remove();
            now = next.at();
            next.thing().run();
        }
    }
}
