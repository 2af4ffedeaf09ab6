package network.cortensor.portal.router;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What has arrived, on its way from an attempt's thread to its caller's. */
final class Relay {
    /** Enough to smooth bursts. A caller that is slower than its router makes the router wait, not this grow. */
    private static final int MOST_WAITING = 256;

    private final BlockingQueue<AnswerQueue> arrivals = new ArrayBlockingQueue<>(MOST_WAITING);

    /** Waits while the caller is behind. An interrupted thread may still put what there is room for: the end of an answer that was read. */
    void put(AnswerQueue arrival) throws InterruptedException {
        if (!arrivals.offer(arrival)) {
            arrivals.put(arrival);
        }
    }

    /** Nothing else matters any more. */
    void broke(Throwable bug) {
        arrivals.clear();
        arrivals.add(AnswerQueue.Bug.of(bug));
    }

    /** The next one, or empty if none comes within {@code wait}. */
    Optional<AnswerQueue> poll(Duration wait) throws InterruptedException {
        return Optional.ofNullable(arrivals.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** The next one that is there already. */
    Optional<AnswerQueue> poll() {
        return Optional.ofNullable(arrivals.poll());
    }
}
