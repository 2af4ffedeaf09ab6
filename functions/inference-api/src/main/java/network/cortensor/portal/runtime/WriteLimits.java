package network.cortensor.portal.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes a response's connection shortly before Lambda would end the process, so that a customer who does not read fails a write and
 * leaves the handler its last seconds for what must not be lost. A response that begins within those seconds is left alone. One thread watches all
 * responses, and sleeps. Safe for use by many threads.
 */
final class WriteLimits {
    /** What a handler needs to give back what it holds: a few calls of DynamoDB at their 1 s per try. */
    static final Duration LAST_SECONDS = Duration.ofSeconds(5);

    /** After so long without a response the thread ends. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("write-limits").factory());

    WriteLimits() {
        watch.setRemoveOnCancelPolicy(true);
        watch.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
    }

    /** @param now for what is left until the invocation's deadline */
    Limit of(Invocation invocation, Instant now, Connection connection) {
        Duration wait = Duration.between(now, invocation.deadline().minus(LAST_SECONDS));
        Limit limit = new Limit(connection);
        if (!wait.isPositive()) {
            return limit;
        }
        return limit.watchedBy(watch.schedule(limit::pass, wait.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** That of one response. Once it is lifted, its connection is left alone. */
    static final class Limit implements AutoCloseable {
        private final Connection connection;
        private Optional<Future<?>> watch = Optional.empty();
        private boolean lifted;

        private Limit(Connection connection) {
            this.connection = connection;
        }

        private synchronized Limit watchedBy(Future<?> scheduled) {
            watch = Optional.of(scheduled);
            return this;
        }

        private synchronized void pass() {
            if (lifted) {
                return;
            }
            try {
                connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a socket could not be closed", e);
            }
        }

        @Override
        public synchronized void close() {
            lifted = true;
            watch.ifPresent(scheduled -> scheduled.cancel(false));
        }
    }
}
