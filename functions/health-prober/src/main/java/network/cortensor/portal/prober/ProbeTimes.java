package network.cortensor.portal.prober;

import java.time.Duration;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.CallTimes.Shape;

/** A deep probe waits as long as a customer's attempt does: whoever is too slow for customers has not passed. */
final class ProbeTimes {
    /** What an answer asked for in one piece has less than its attempt. */
    private static final Duration WHOLE_MARGIN = Duration.ofSeconds(30);

    /** What a router's {@code precommit_timeout} is below its {@code timeout}. */
    private static final Duration PRECOMMIT_MARGIN = Duration.ofSeconds(60);

    private ProbeTimes() {}

    static CallTimes of(Pool pool, Duration connect) {
        Duration attempt = pool.times().attempt();
        return new CallTimes(shape(pool), connect, attempt, less(attempt, PRECOMMIT_MARGIN));
    }

    private static Shape shape(Pool pool) {
        PoolTimes times = pool.times();
        return switch (pool.streaming()) {
            case NATIVE -> new Shape.Streamed(times.firstToken(), times.idle(), times.attempt());
            case BUFFERED -> new Shape.Whole(less(times.attempt(), WHOLE_MARGIN));
        };
    }

    /** A pool with very short attempts would be left without any time by a margin; then the margin gives way. */
    private static Duration less(Duration whole, Duration margin) {
        return whole.compareTo(margin) > 0 ? whole.minus(margin) : whole;
    }
}
