package network.cortensor.portal.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/** The connections that wait for an invocation, so that all of them can be told at once that none is wanted. Safe for use by many threads. */
final class Parking {
    private final Set<Connection> waiting = new HashSet<>();
    private boolean closed;

    /** No invocation is wanted any more. */
    static final class Closed extends IOException {
        Closed() {
            super("no invocation is wanted any more");
        }
    }

    /** Held while a connection waits. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    synchronized Place take(Connection connection) throws Closed {
        if (closed) {
            throw new Closed();
        }
        waiting.add(connection);
        return () -> leave(connection);
    }

    private synchronized void leave(Connection connection) {
        waiting.remove(connection);
    }

    synchronized boolean closed() {
        return closed;
    }

    /** Closes every connection that waits, and lets none wait from now on. */
    synchronized void close() {
        closed = true;
        for (Connection connection : waiting) {
            try {
                connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a socket could not be closed", e);
            }
        }
    }
}
