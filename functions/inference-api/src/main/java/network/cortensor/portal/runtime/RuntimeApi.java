package network.cortensor.portal.runtime;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The calls that an environment makes. A response has a connection of its own, which nobody can have closed before; the question for the next invocation
 * goes the same way right after it. Safe for use by many threads.
 */
final class RuntimeApi {
    private final RuntimeConfig config;
    private final InstantSource clock;
    private final Parking parking = new Parking();
    private final WriteLimits limits = new WriteLimits();
    private final ConcurrentLinkedDeque<Connection> free = new ConcurrentLinkedDeque<>();

    RuntimeApi(RuntimeConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Waits for the next invocation.
     *
     * @throws Parking.Closed if none is wanted any more
     */
    Invocation next() throws IOException {
        RuntimeApiReply reply = parked(new ApiCall.NextInvocation());
        return new Invocation(
                required(reply, "Lambda-Runtime-Aws-Request-Id"),
                reply.field("Lambda-Runtime-Invocation-Id"),
                required(reply, "Lambda-Runtime-Invoked-Function-Arn"),
                reply.field("Lambda-Runtime-Trace-Id"),
                clock.instant(),
                deadline(required(reply, "Lambda-Runtime-Deadline-Ms")),
                new Event(reply.body()));
    }

    /** Makes an extension of this process; returns the identifier by which it asks for its events. */
    String registerExtension() throws IOException {
        return required(call(new ApiCall.RegisterExtension()), "Lambda-Extension-Identifier");
    }

    /** Waits until no invocation is wanted any more, as an extension that is ready. */
    void awaitExtensionEvent(String identifier) throws IOException {
        parked(new ApiCall.NextExtensionEvent(identifier));
    }

    /** Ends every wait for an invocation, and lets none begin. Invocations that have come run on. */
    void close() {
        parking.close();
    }

    /** Sends one call and waits for its reply. */
    RuntimeApiReply call(ApiCall.Whole call) throws IOException {
        try (Connection connection = Connection.open(config)) {
            connection.send(call);
            return accepted(connection.reply());
        }
    }

    /** As {@link #call}, where the reply may never come. */
    private RuntimeApiReply parked(ApiCall.Question question) throws IOException {
        Connection used = free.poll();
        if (used != null) {
            try {
                return parked(question, used);
            } catch (Refused | Parking.Closed e) {
                throw e;
            } catch (IOException e) {
                // It was closed meanwhile. A question may be asked again.
            }
        }
        return parked(question, Connection.open(config));
    }

    private RuntimeApiReply parked(ApiCall.Question question, Connection connection) throws IOException {
        try (connection;
                Parking.Place _ = parking.take(connection)) {
            connection.send(question);
            return accepted(connection.reply());
        } catch (IOException e) {
            throw parking.closed() && !(e instanceof Parking.Closed) ? new Parking.Closed() : e;
        }
    }

    /** Ends a connection, or keeps it for the next question. */
    private void release(Connection connection) throws IOException {
        if (connection.free() && !parking.closed()) {
            free.add(connection);
        } else {
            connection.close();
        }
    }

    /** Begins the response to an invocation; the caller finishes it or breaks it off. */
    StreamedResponse respond(Invocation invocation, Prelude prelude) throws IOException {
        Connection connection = Connection.open(config);
        try {
            ChunkedBody body = connection.begin(new ApiCall.Response(invocation), prelude);
            return new StreamedResponse(
                    connection, body, limits.of(invocation, clock.instant(), connection), this::release);
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /** The reply, if it says yes. */
    static RuntimeApiReply accepted(RuntimeApiReply reply) throws Refused {
        if (reply.status() < 200 || reply.status() > 299) {
            throw Refused.by(reply.status());
        }
        return reply;
    }

    private static String required(RuntimeApiReply reply, String field) throws IOException {
        return reply.field(field).orElseThrow(() -> new IOException("the Runtime API sent no " + field));
    }

    private static Instant deadline(String millis) throws IOException {
        try {
            return Instant.ofEpochMilli(Long.parseLong(millis));
        } catch (NumberFormatException e) {
            throw new IOException("the Runtime API sent a deadline that is no number", e);
        }
    }
}
