package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Who waits for slots and who has attempts under way in this process, by model and customer, so that sessions that are short are shared by
 * customers and not by requests.
 *
 * <p>Two rules. Waiting customers look equally often, however many requests of theirs wait, and all together as often as without this
 * rule: a customer with {@code w} of {@code n} waiting requests, of {@code c} customers that wait, looks every {@code w × c / n} of the usual
 * time with each. And a new request does not take the slot that others wait for: if another customer waits who has no more attempts under
 * way than its own, it looks only after one pause. One customer alone, and one whose requests find free slots, never notices either.
 *
 * <p>Other processes are not seen: between them slots fall to whoever looks first. A worker that serves one request at a time has
 * nobody to compare with, and waits as ever. Safe for use by many threads.
 */
final class Queues {
    private final Map<String, Map<String, Count>> byModel = new HashMap<>();

    /**
     * Requests of one customer for one model.
     *
     * @param waiting for a slot
     * @param answered those with an attempt under way
     */
    private record Count(int waiting, int answered) {
        static final Count NONE = new Count(0, 0);

        Count plus(Count other) {
            return new Count(waiting + other.waiting, answered + other.answered);
        }
    }

    /** A request's stay in one of the two states; closing it ends it. */
    interface Stay extends AutoCloseable {
        @Override
        void close();
    }

    /** The request waits for a slot until this is closed. */
    Stay waits(Job job) {
        return stay(job, new Count(1, 0), new Count(-1, 0));
    }

    /** The request has an attempt under way until this is closed. */
    Stay isAnswered(Job job) {
        return stay(job, new Count(0, 1), new Count(0, -1));
    }

    private Stay stay(Job job, Count enter, Count leave) {
        add(job, enter);
        return () -> add(job, leave);
    }

    private synchronized void add(Job job, Count change) {
        Map<String, Count> customers = byModel.computeIfAbsent(job.alias(), _ -> new HashMap<>());
        Count sum = customers.getOrDefault(job.customer(), Count.NONE).plus(change);
        if (!sum.equals(Count.NONE)) {
            customers.put(job.customer(), sum);
            return;
        }
        customers.remove(job.customer());
        if (customers.isEmpty()) {
            byModel.remove(job.alias());
        }
    }

    /** Whether another customer waits who is answered no more than the request's. */
    synchronized boolean othersGoFirst(Job job) {
        Map<String, Count> customers = byModel.getOrDefault(job.alias(), Map.of());
        int own = customers.getOrDefault(job.customer(), Count.NONE).answered();
        return customers.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(job.customer()))
                .map(Map.Entry::getValue)
                .anyMatch(other -> other.waiting() > 0 && other.answered() <= own);
    }

    /**
     * The mean time between two looks of a waiting request.
     *
     * @param usual what it is when only one customer waits
     */
    synchronized Duration look(Job job, Duration usual) {
        Map<String, Count> customers = byModel.getOrDefault(job.alias(), Map.of());
        long own = customers.getOrDefault(job.customer(), Count.NONE).waiting();
        long all = customers.values().stream().mapToLong(Count::waiting).sum();
        long waitingCustomers =
                customers.values().stream().filter(count -> count.waiting() > 0).count();
        return own == 0 ? usual : usual.multipliedBy(own * waitingCustomers).dividedBy(all);
    }
}
