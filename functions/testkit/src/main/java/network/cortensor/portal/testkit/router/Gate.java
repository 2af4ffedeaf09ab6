package network.cortensor.portal.testkit.router;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds answers of a session before a certain word until a test lets them go: the word is not sent before {@link #open}, or before
 * {@link #openUpTo} has reached it, however long that takes. A whole answer is held before its first byte.
 */
public final class Gate {
    private final int word;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    /** The first word that may not be said yet; a whole answer counts as the last word there could be. */
    private long held;

    /** @param word the first that is held, counted from 0 */
    Gate(int word) {
        this.word = word;
        this.held = word;
    }

    static Gate opened() {
        Gate gate = new Gate(0);
        gate.open();
        return gate;
    }

    /** Lets everything pass, now and later. */
    public void open() {
        raise(Long.MAX_VALUE);
    }

    /** Lets the words before this one pass, counted from 0; it never holds again what it let go. */
    public void openUpTo(int next) {
        raise(next);
    }

    private void raise(long to) {
        lock.lock();
        try {
            held = Math.max(held, to);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
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
        if (next < word) {
            return;
        }
        reached.countDown();
        lock.lockInterruptibly();
        try {
            while (next >= held) {
                moved.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
