package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;

/**
 * How long a pool's answers usually take to their first token, and how long it is worth waiting for one while another target could be asked.
 * Safe for use by many threads.
 *
 * <p>The wait is 3 × the 99th percentile of what this worker has seen of the pool lately. Before it has seen enough it is 12 × the slowest of the
 * averages that health keeps: of exponential times the 99th percentile is 4.6 × the average. It is at least {@link #LEAST}, because a long prompt
 * takes its time before the first token, and at most the pool's own {@code firstTokenSeconds}.
 *
 * <p>It is <em>not</em> the right limit where a pool serves short and very long prompts in turn: both are in one percentile, so the long ones are given up too early
 * when they are fewer than one in a hundred. Operators of such a pool split it in two.
 */
final class FirstTokens {
    /** Less would take a busy moment for silence. */
    static final Duration LEAST = Duration.ofSeconds(10);

    /** So many times are remembered: the 99th percentile is then the largest but one. */
    private static final int REMEMBERED = 200;

    private static final int ENOUGH = 20;
    private static final int OF_PERCENTILE = 3;
    private static final int OF_AVERAGE = 12;

    private final ConcurrentHashMap<String, Deque<Duration>> byPool = new ConcurrentHashMap<>();

    void saw(String pool, Duration firstToken) {
        byPool.compute(pool, (name, known) -> {
            Deque<Duration> times = known == null ? new ArrayDeque<>() : new ArrayDeque<>(known);
            if (times.size() == REMEMBERED) {
                times.removeFirst();
            }
            times.addLast(firstToken);
            return times;
        });
    }

    /** How long a target of the pool may stay silent while another one could be asked. */
    Duration patience(PoolView pool) {
        Duration bound = pool.pool().times().firstToken();
        Duration wait = usual(pool).filter(usual -> usual.compareTo(bound) < 0).orElse(bound);
        Duration least = LEAST.compareTo(bound) < 0 ? LEAST : bound;
        return wait.compareTo(least) > 0 ? wait : least;
    }

    private Optional<Duration> usual(PoolView pool) {
        Deque<Duration> seen = byPool.getOrDefault(pool.pool().name(), new ArrayDeque<>());
        if (seen.size() >= ENOUGH) {
            int rank = (int) Math.ceil(0.99 * seen.size()) - 1;
            return seen.stream().sorted().skip(rank).findFirst().map(time -> time.multipliedBy(OF_PERCENTILE));
        }
        return pool.targets().stream()
                .map(TargetView::firstToken)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(average -> average.multipliedBy(OF_AVERAGE));
    }
}
