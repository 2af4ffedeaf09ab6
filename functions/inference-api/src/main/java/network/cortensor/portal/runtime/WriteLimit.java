package network.cortensor.portal.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes a response's connection shortly before Lambda would end the process, so that a customer who does not read fails a write and
 * leaves the handler its last seconds for what must not be lost. A response that begins within those seconds is left alone.
 */
final class WriteLimit implements AutoCloseable {
    /** What a handler needs to give back what it holds: a few calls of DynamoDB at their 1 s per try. */
    static final Duration LAST_SECONDS = Duration.ofSeconds(5);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watch;

    private WriteLimit(Duration wait, Connection connection) {
        this.watch = Thread.ofVirtual().unstarted(() -> watch(wait, connection));
    }

    static WriteLimit of(Invocation invocation, Instant now, Connection connection) {
        Duration wait = Duration.between(now, invocation.deadline().minus(LAST_SECONDS));
        WriteLimit limit = new WriteLimit(wait, connection);
        if (wait.isPositive()) {
            limit.watch.start();
        }
        return limit;
    }

    private void watch(Duration wait, Connection connection) {
        try {
            if (!closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                connection.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("a socket could not be closed", e);
        }
    }

    /** Lifts the limit and waits until its thread has ended. */
    @Override
    public void close() {
        closed.countDown();
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
