package network.cortensor.portal.local;

import java.time.Duration;
import network.cortensor.portal.prober.Prober;

/** Ticks as the scheduler does: each tick by itself, so that a long one overlaps the next. */
final class ProberTimer implements AutoCloseable {
    /** What Lambda allows the function. */
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(5);

    private final Thread timer;

    private ProberTimer(Thread timer) {
        this.timer = timer;
    }

    static ProberTimer start(Prober prober, Duration every) {
        return new ProberTimer(Thread.ofVirtual().name("prober-timer").start(() -> tick(prober, every)));
    }

    private static void tick(Prober prober, Duration every) {
        try {
            while (true) {
                Thread.ofVirtual().name("tick").start(() -> prober.tick(FUNCTION_TIMEOUT));
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No tick begins any more; one that runs ends with the process. */
    @Override
    public void close() {
        timer.interrupt();
    }
}
