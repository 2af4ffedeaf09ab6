package network.cortensor.portal.runtime;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/** The calls that a loop makes, each on a connection of its own. */
final class RuntimeApi {
    private final RuntimeConfig config;
    private final InstantSource clock;

    RuntimeApi(RuntimeConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Waits for the next invocation. */
    Invocation next() throws IOException {
        Reply reply = call(new ApiCall.NextInvocation());
        return new Invocation(
                required(reply, "Lambda-Runtime-Aws-Request-Id"),
                required(reply, "Lambda-Runtime-Invoked-Function-Arn"),
                reply.field("Lambda-Runtime-Trace-Id"),
                clock.instant(),
                deadline(required(reply, "Lambda-Runtime-Deadline-Ms")),
                new Event(reply.body()));
    }

    /** Sends one call and waits for its reply. */
    Reply call(ApiCall.Whole call) throws IOException {
        try (Connection connection = Connection.open(config)) {
            connection.send(call);
            return accepted(connection.reply());
        }
    }

    /** Begins the response to an invocation; the caller finishes it or breaks it off. */
    StreamedResponse respond(Invocation invocation, Prelude prelude) throws IOException {
        Connection connection = Connection.open(config);
        try {
            ChunkedBody body = connection.begin(new ApiCall.Response(invocation.requestId()), prelude);
            return new StreamedResponse(connection, body, WriteLimit.of(invocation, clock.instant(), connection));
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /** The reply, if it says yes. */
    static Reply accepted(Reply reply) throws IOException {
        if (reply.status() < 200 || reply.status() > 299) {
            throw new IOException("the Runtime API answered " + reply.status());
        }
        return reply;
    }

    private static String required(Reply reply, String field) throws IOException {
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
