package network.cortensor.portal.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. */
public final class ManualClock implements InstantSource {
    private final AtomicLong millis = new AtomicLong(1_795_000_000_000L);

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }

    public void advance(Duration by) {
        millis.addAndGet(by.toMillis());
    }
}
