package network.cortensor.portal.memory;

import java.time.Duration;
import java.time.Instant;

/**
 * What several memories know of the last failure of what they read from. For a moment after it, what is remembered is used without
 * another try; otherwise every request of an outage would wait for the time-outs of all its reads. Safe for use by many threads.
 */
public final class Outage {
    static final Duration HOLD_OFF = Duration.ofSeconds(1);

    private volatile Instant last = Instant.MIN;

    void failed(Instant at) {
        last = at;
    }

    boolean justFailed(Instant now) {
        return now.isBefore(last.plus(HOLD_OFF));
    }
}
