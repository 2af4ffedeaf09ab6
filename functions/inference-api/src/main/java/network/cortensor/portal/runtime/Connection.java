package network.cortensor.portal.runtime;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One call on one connection of its own: a plain socket, because none of the JDK's HTTP clients sends both a {@code Trailer} header and
 * trailers. Nothing is kept between calls, so nothing can be stale after a restore; on the loopback interface a connection costs some 50
 * microseconds.
 *
 * <p>There is no read time-out: Lambda answers when it likes.
 */
final class Connection implements AutoCloseable {
    private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
    private static final String ERROR_BODY = "Lambda-Runtime-Function-Error-Body";

    private final RuntimeConfig config;
    private final Socket socket;
    private Optional<RuntimeApiReply> early = Optional.empty();

    private Connection(RuntimeConfig config, Socket socket) {
        this.config = config;
        this.socket = socket;
    }

    static Connection open(RuntimeConfig config) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(config.host(), config.port()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new Connection(config, socket);
    }

    void send(ApiCall.Whole call) throws IOException {
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
        return early.isPresent() ? early.get() : RuntimeApiReply.read(new BufferedInputStream(socket.getInputStream()));
    }

    /** Whether Lambda refused a response before it was told all of it. */
    boolean refused() {
        return early.isPresent();
    }

    /** Lambda answers at the end of a response, or before it if it wants no more of it. */
    private void requireWanted() throws IOException {
        if (early.isEmpty() && socket.getInputStream().available() > 0) {
            early = Optional.of(reply());
        }
        if (early.isPresent()) {
            RuntimeApi.accepted(early.get());
        }
    }

    /** May be called by another thread, whose write then fails. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] head(String method, ApiCall call, String fields) {
        String head = method + " " + call.path() + " HTTP/1.1\r\n"
                + ("Host: " + config.host() + ":" + config.port() + "\r\n")
                + "Connection: close\r\n"
                + call.fields()
                + fields
                + "\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    private void write(byte[] head, byte[] body) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(head);
        out.write(body);
    }
}
