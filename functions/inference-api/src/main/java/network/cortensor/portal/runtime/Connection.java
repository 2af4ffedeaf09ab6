package network.cortensor.portal.runtime;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection for one call after the other: a plain socket, because none of the JDK's HTTP clients sends both a {@code Trailer} header and
 * trailers.
 *
 * <p>There is no read time-out: Lambda answers when it likes.
 */
final class Connection implements AutoCloseable {
    private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
    private static final String ERROR_BODY = "Lambda-Runtime-Function-Error-Body";

    /** How often one looks for a refusal while a response is written: each look is a call of the system. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final RuntimeConfig config;
    private final Socket socket;
    private final BufferedInputStream in;
    private Optional<RuntimeApiReply> early = Optional.empty();
    private boolean free;
    private long looked = System.nanoTime() - LOOK.toNanos() - 1;

    private Connection(RuntimeConfig config, Socket socket) throws IOException {
        this.config = config;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Connection open(RuntimeConfig config) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(config.host(), config.port()));
            return new Connection(config, socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void send(ApiCall.Whole call) throws IOException {
        free = false;
        switch (call) {
            case ApiCall.Question question -> write(head("GET", question, ""), new byte[0]);
            case ApiCall.Report report -> {
                byte[] json = report.json();
                String fields = "Content-Type: application/json\r\n" + ("Content-Length: " + json.length + "\r\n");
                write(head("POST", report, fields), json);
            }
        }
    }

    /** Sends the head of a streamed response together with its prelude, and leaves the body open. */
    ChunkedBody begin(ApiCall.Response call, Prelude prelude) throws IOException {
        String fields = "Content-Type: application/vnd.awslambda.http-integration-response\r\n"
                + "Lambda-Runtime-Function-Response-Mode: streaming\r\n"
                + "Transfer-Encoding: chunked\r\n"
                + ("Trailer: " + ERROR_TYPE + ", " + ERROR_BODY + "\r\n");
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        start.writeBytes(head("POST", call, fields));
        start.writeBytes(ChunkedBody.chunk(prelude.encoded()));
        OutputStream out = socket.getOutputStream();
        start.writeTo(out);
        return new ChunkedBody(out, this::requireWanted);
    }

    /** Lambda's answer to what has been sent, waited for if it has not come yet. */
    RuntimeApiReply reply() throws IOException {
        if (early.isPresent()) {
            return early.get();
        }
        RuntimeApiReply reply = RuntimeApiReply.read(in);
        free = reply.leavesConnection();
        return reply;
    }

    /** Whether all of a call was sent and all of its reply was read, so that another may follow. */
    boolean free() {
        return free;
    }

    /** Whether Lambda refused a response before it was told all of it. */
    boolean refused() {
        return early.isPresent();
    }

    /** Lambda answers at the end of a response, or before it if it wants no more of it. */
    private void requireWanted() throws IOException {
        if (early.isEmpty() && isTimeToLook() && in.available() > 0) {
            early = Optional.of(reply());
            free = false;
        }
        if (early.isPresent()) {
            RuntimeApi.accepted(early.get());
        }
    }

    private boolean isTimeToLook() {
        long now = System.nanoTime();
        boolean due = now - looked > LOOK.toNanos();
        looked = due ? now : looked;
        return due;
    }

    /** May be called by another thread, whose write then fails. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] head(String method, ApiCall call, String fields) {
        String head = method + " " + call.path() + " HTTP/1.1\r\n"
                + ("Host: " + config.host() + ":" + config.port() + "\r\n")
                + (followed(call) ? "" : "Connection: close\r\n")
                + call.fields()
                + fields
                + "\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    /** After a response the next invocation is asked for. */
    private static boolean followed(ApiCall call) {
        return switch (call) {
            case ApiCall.Response _ -> true;
            case ApiCall.Whole _ -> false;
        };
    }

    private void write(byte[] head, byte[] body) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(head);
        out.write(body);
    }
}
