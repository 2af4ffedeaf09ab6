package network.cortensor.portal.local;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import network.cortensor.portal.prober.Prober;

/** Ticks as the scheduler does: at a fixed rate, each tick by itself, so that a long one overlaps the next. */
final class ProberTimer implements AutoCloseable {
    /** What Lambda allows the function. */
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(5);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("prober-timer").daemon().factory());

    private ProberTimer() {}

    static ProberTimer start(Prober prober, Duration every) {
        ProberTimer started = new ProberTimer();
        var _ = started.timer.scheduleAtFixedRate(
                () -> Thread.ofVirtual().name("tick").start(() -> prober.tick(FUNCTION_TIMEOUT)),
                0,
                every.toMillis(),
                TimeUnit.MILLISECONDS);
        return started;
    }

    /** No tick begins any more; one that runs ends with the process. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
