package network.cortensor.portal.slots;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.testkit.schedule.Schedule;

/**
 * What the routers see: which tasks are in flight on which session, abandoned ones among them. Judges each new one by what must never be:
 *
 * <ol>
 *   <li>As many tasks as the worker thinks the session bears are in flight already, and their rows were there when it read the table.
 *   <li>More tasks are in flight than the largest capacity that any of those workers had in mind whose takes this one may have raced
 *       with, directly or through others.
 * </ol>
 */
final class TaskLedger {
    private final Map<Session, List<RouterTask>> sent = new HashMap<>();
    private final Map<Session, Set<RouterTask>> inFlight = new HashMap<>();
    private final Schedule schedule;
    private final SharedTable table;

    TaskLedger(Schedule schedule, SharedTable table) {
        this.schedule = schedule;
        this.table = table;
    }

    /** The first byte of a task reaches its router. */
    void sent(RouterTask task) {
        Session session = task.place().session();
        Set<RouterTask> together = inFlight.computeIfAbsent(session, absent -> new LinkedHashSet<>());
        List<RouterTask> history = sent.computeIfAbsent(session, absent -> new ArrayList<>());
        long visible = together.stream()
                .filter(other ->
                        table.written(other.owner()).call() <= task.take().read())
                .count();
        if (visible >= task.place().capacity()) {
            throw new Overlap(task, together, task.place().capacity());
        }
        int largest = largestCapacityInMind(task, history);
        together.add(task);
        history.add(task);
        if (together.size() > largest) {
            throw new Overlap(task, together, largest);
        }
        schedule.at(task.endsAt(), () -> together.remove(task));
    }

    private static int largestCapacityInMind(RouterTask task, List<RouterTask> history) {
        int largest = task.place().capacity();
        Instant began = task.take().began();
        for (RouterTask earlier : history.reversed()) {
            if (earlier.sentAt().isBefore(began)) {
                return largest;
            }
            largest = Math.max(largest, earlier.place().capacity());
            began = began.isBefore(earlier.take().began())
                    ? began
                    : earlier.take().began();
        }
        return largest;
    }

    /** How many tasks there were. */
    int tasks() {
        return sent.values().stream().mapToInt(List::size).sum();
    }

    boolean idle() {
        return inFlight.values().stream().allMatch(Set::isEmpty);
    }

    /** What the protocol is there to prevent. */
    static final class Overlap extends AssertionError {
        private Overlap(RouterTask task, Set<RouterTask> together, int capacity) {
            super("%s: capacity %d, and yet together: %s"
                    .formatted(
                            task.place().session(),
                            capacity,
                            together.stream().map(RouterTask::toString).collect(Collectors.joining("; "))));
        }
    }
}
