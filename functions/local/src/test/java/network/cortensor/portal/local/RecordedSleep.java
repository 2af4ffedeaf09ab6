package network.cortensor.portal.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** How long an SDK would have waited before it tried again; it waits no time at all. Safe for use by many threads. */
final class RecordedSleep implements com.openai.core.Sleeper, com.anthropic.core.Sleeper {
    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final Runnable meanwhile;

    RecordedSleep() {
        this(() -> {});
    }

    /** @param meanwhile what happens in the world while the SDK waits */
    RecordedSleep(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    List<Duration> waits() {
        return List.copyOf(waits);
    }

    @Override
    public void sleep(Duration duration) {
        waits.add(duration);
        meanwhile.run();
    }

    @Override
    public CompletableFuture<Void> sleepAsync(Duration duration) {
        sleep(duration);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
}
