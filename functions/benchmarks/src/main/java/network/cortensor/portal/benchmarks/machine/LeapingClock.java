package network.cortensor.portal.benchmarks.machine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The machine's clock, put forward when told to, so that caches expire without a wait. Safe for use by many threads. */
public final class LeapingClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    public synchronized void leap(Duration time) {
        ahead = ahead.plus(time);
    }
}
