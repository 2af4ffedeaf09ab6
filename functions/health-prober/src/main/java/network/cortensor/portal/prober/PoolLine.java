package network.cortensor.portal.prober;

import java.time.Instant;
import java.util.List;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;

/** How a pool stands, once per tick: the open targets in rotation and out of it, and the slots of those that customers are sent to. */
final class PoolLine {
    private PoolLine() {}

    static Line of(Pool pool, List<Subject> subjects, View view, Instant now) {
        List<Subject> open =
                subjects.stream().filter(subject -> subject.open(now)).toList();
        List<Subject> inRotation = open.stream()
                .filter(subject ->
                        !view.evidence().of(subject.target()).rotation().ejected(now))
                .toList();
        boolean allEjected = !open.isEmpty() && inRotation.isEmpty();
        Line line = Line.of("pool")
                .dimension("pool", pool.name())
                .metric(Metric.TARGETS_IN_ROTATION, inRotation.size())
                .metric(Metric.TARGETS_EJECTED, open.size() - inRotation.size())
                .metric(Metric.POOLS_ALL_EJECTED, allEjected ? 1 : 0);
        int all = 0;
        int busy = 0;
        for (Subject subject : allEjected ? open : inRotation) {
            if (subject.target().capacity() instanceof Capacity.Slots(int count)) {
                all += count;
                busy += Math.min(count, view.slots().taken(subject.target()).orElse(0));
            }
        }
        return all == 0 ? line : line.metric(Metric.SLOTS_BUSY, busy).metric(Metric.SLOTS_SHARE, 100.0 * busy / all);
    }
}
