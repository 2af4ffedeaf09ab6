package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a refused customer should come back. Each busy slot has an instant at which it is likely to be free; one of them is drawn, so that
 * customers who were refused together do not come back together.
 */
final class RetryAdvice {
    /** Official SDKs disagree on anything longer. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private RetryAdvice() {}

    /** @param free when each busy slot is likely to be free; may lie in the past or be empty */
    static Duration of(List<Instant> free, Instant now, RandomGenerator random) {
        if (free.isEmpty()) {
            return SHORTEST;
        }
        Duration wait = Duration.between(now, free.get(random.nextInt(free.size())));
        Duration spread = Duration.ofMillis(random.nextLong(SHORTEST.toMillis(), 2 * SHORTEST.toMillis()));
        return clip(wait.plus(spread));
    }

    private static Duration clip(Duration wait) {
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
