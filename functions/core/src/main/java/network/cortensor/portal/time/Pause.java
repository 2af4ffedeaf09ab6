package network.cortensor.portal.time;

import java.time.Duration;

/**
 * Lets time pass on the thread that calls it: {@code Thread::sleep}, or in a test whatever moves the test's clock. Safe for use by many
 * threads.
 */
@FunctionalInterface
public interface Pause {
    /** @throws InterruptedException if the thread is interrupted before the time has passed */
    void pause(Duration duration) throws InterruptedException;
}
