package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.model.UsualTime;

/** How long this worker's attempts take before most of them are over, per pool. Safe for use by many threads. */
final class UsualTimes {
    private final ConcurrentHashMap<String, UsualTime> byPool = new ConcurrentHashMap<>();

    void saw(TargetId target, Duration attempt) {
        byPool.compute(target.pool(), (pool, usual) -> usual == null ? UsualTime.first(attempt) : usual.and(attempt));
    }

    /** How long most attempts take, if any was seen. */
    Optional<Duration> of(String pool) {
        return Optional.ofNullable(byPool.get(pool)).map(UsualTime::most);
    }
}
