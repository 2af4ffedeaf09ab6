package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.model.TargetId;

/** What this worker saw attempts last, as a moving average per pool. Safe for use by many threads. */
final class UsualTimes {
    /** Weight of the newest observation. */
    private static final double NEWEST = 0.2;

    private final ConcurrentHashMap<String, Duration> byPool = new ConcurrentHashMap<>();

    void saw(TargetId target, Duration attempt) {
        byPool.merge(target.pool(), attempt, UsualTimes::average);
    }

    Optional<Duration> of(String pool) {
        return Optional.ofNullable(byPool.get(pool));
    }

    private static Duration average(Duration old, Duration newest) {
        return old.plusMillis(Math.round(NEWEST * newest.minus(old).toMillis()));
    }
}
