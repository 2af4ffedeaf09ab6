package network.cortensor.portal.runtime;

import java.io.IOException;
import java.io.OutputStream;

/** A response that has begun. Ended exactly once, by {@link #finish} or {@link #breakOff}. */
final class StreamedResponse {
    private final Connection connection;
    private final ChunkedBody body;
    private final WriteLimits.Limit limit;
    private final Parting parting;

    StreamedResponse(Connection connection, ChunkedBody body, WriteLimits.Limit limit, Parting parting) {
        this.connection = connection;
        this.body = body;
        this.limit = limit;
        this.parting = parting;
    }

    /** What becomes of the connection. */
    @FunctionalInterface
    interface Parting {
        void from(Connection connection) throws IOException;
    }

    OutputStream body() {
        return body;
    }

    /** Ends the body as a whole one, and leaves the reply for later. */
    void end() throws IOException {
        body.end();
    }

    /** Ends the body if the handler has not, and waits until Lambda has taken it. */
    void finish() throws IOException {
        try (Leaving _ = () -> parting.from(connection);
                limit) {
            body.end();
            RuntimeApi.accepted(connection.reply());
        }
    }

    /**
     * Ends the body with the error in its trailers, if it can still be said, and waits until Lambda has taken it. Says nothing where Lambda has
     * refused the response already.
     */
    void breakOff(FunctionError error) throws IOException {
        try (Leaving _ = () -> parting.from(connection);
                limit) {
            if (connection.refused()) {
                return;
            }
            body.breakOff(error);
            RuntimeApi.accepted(connection.reply());
        }
    }

    @FunctionalInterface
    private interface Leaving extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
