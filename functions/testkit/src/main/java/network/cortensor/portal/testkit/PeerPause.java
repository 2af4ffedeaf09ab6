package network.cortensor.portal.testkit;

import java.time.Duration;

/** How a simulated peer lets time pass. Given in, so that a test decides whether time is real. Safe for use by many threads. */
@FunctionalInterface
public interface PeerPause {
    /** Real time. */
    PeerPause REAL = Thread::sleep;

    /** No time at all: everything happens at once, in order. */
    PeerPause NONE = duration -> {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    };

    /**
     * Returns when {@code duration} has passed.
     *
     * @throws InterruptedException if the thread is interrupted before
     */
    void pass(Duration duration) throws InterruptedException;
}
