package network.cortensor.portal.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Time that stands still until a test moves it. A thread that pauses waits for {@link #advance} or {@link #release}.
 *
 * <p>A test first waits until the peers it watches {@linkplain #awaitWaiting wait}, then advances: nothing depends on how fast threads
 * run.
 */
public final class SteppedTime implements PeerPause {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Duration> wakes = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private Flow flow = Flow.STEPPED;

    private enum Flow {
        STEPPED,
        RELEASED
    }

    @Override
    public void pass(Duration duration) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Duration wake = now.plus(duration);
            wakes.add(wake);
            changed.signalAll();
            try {
                while (isAhead(wake)) {
                    changed.await();
                }
            } finally {
                wakes.remove(wake);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Moves time on and wakes the threads that are due. */
    public void advance(Duration by) {
        lock.lock();
        try {
            now = now.plus(by);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** From now on every pause is over at once. */
    public void release() {
        lock.lock();
        try {
            flow = Flow.RELEASED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when at least {@code threads} wait for a time that is still ahead.
     *
     * @throws AssertionError if they do not within a minute of real time
     */
    public void awaitWaiting(int threads) throws InterruptedException {
        long nanos = PATIENCE.toNanos();
        lock.lockInterruptibly();
        try {
            while (wakes.stream().filter(this::isAhead).count() < threads) {
                if (nanos <= 0) {
                    throw new AssertionError("waited " + PATIENCE + " for " + threads + " threads that wait");
                }
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isAhead(Duration wake) {
        return flow == Flow.STEPPED && wake.compareTo(now) > 0;
    }
}
