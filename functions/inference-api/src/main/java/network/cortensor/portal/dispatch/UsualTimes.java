package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.model.TargetId;

/**
 * How long this worker's attempts take before most of them are over: per pool the moving average plus twice the moving deviation, as TCP
 * reckons with round trips. Safe for use by many threads.
 */
final class UsualTimes {
    /** Weights of the newest observation, from RFC 6298. */
    private static final double NEWEST = 1.0 / 8;

    private static final double NEWEST_DEVIATION = 1.0 / 4;

    private final ConcurrentHashMap<String, Usual> byPool = new ConcurrentHashMap<>();

    private record Usual(double average, double deviation) {
        static Usual first(double millis) {
            return new Usual(millis, millis / 2);
        }

        Usual and(double millis) {
            double off = Math.abs(average - millis);
            return new Usual(average + NEWEST * (millis - average), deviation + NEWEST_DEVIATION * (off - deviation));
        }

        Duration most() {
            return Duration.ofMillis(Math.round(average + 2 * deviation));
        }
    }

    void saw(TargetId target, Duration attempt) {
        double millis = attempt.toMillis();
        byPool.compute(target.pool(), (pool, usual) -> usual == null ? Usual.first(millis) : usual.and(millis));
    }

    /** How long most attempts take, if any was seen. */
    Optional<Duration> of(String pool) {
        return Optional.ofNullable(byPool.get(pool)).map(Usual::most);
    }
}
