package network.cortensor.portal.testkit.router;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds answers of a session before a certain word until a test lets them go: the word is not sent before {@link #open}, however long
 * that takes. A whole answer is held before its first byte.
 */
public final class Gate {
    private final int word;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** @param word the first that is held, counted from 0 */
    Gate(int word) {
        this.word = word;
    }

    static Gate opened() {
        Gate gate = new Gate(0);
        gate.open();
        return gate;
    }

    /** Lets everything pass, now and later. */
    public void open() {
        opened.countDown();
    }

    /**
     * Returns when the first answer is held.
     *
     * @throws AssertionError if none is within {@code patience}
     */
    public void awaitReached(Duration patience) throws InterruptedException {
        if (!reached.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("no answer came to word " + word + " within " + patience);
        }
    }

    /** Returns when {@code next}, counted from 0, may be sent. */
    void pass(int next) throws InterruptedException {
        if (next >= word) {
            reached.countDown();
            opened.await();
        }
    }
}
