package network.cortensor.portal.testkit.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request and its answer on one connection. Used by one thread at a time. */
public final class ServerExchange {
    private enum State {
        OPEN,
        ANSWERING,
        ANSWERED,
        BROKEN
    }

    private final Socket socket;
    private final long connection;
    private final OutputStream out;
    private final RequestHead head;
    private final RequestBody body;
    private boolean awaitsContinue;
    private State state = State.OPEN;

    ServerExchange(Socket socket, long connection, InputStream in, RequestHead head) throws IOException {
        this.socket = socket;
        this.connection = connection;
        this.out = socket.getOutputStream();
        this.head = head;
        this.body = RequestBody.of(head.headers(), in);
        this.awaitsContinue = head.headers().lists("expect", "100-continue");
    }

    public RequestHead head() {
        return head;
    }

    /** Which of the server's connections it came over, counted from 1. */
    public long connection() {
        return connection;
    }

    public InetAddress client() {
        return socket.getInetAddress();
    }

    /** The request's body as it comes; the first call tells a client that waits for it to go on. */
    public InputStream body() throws IOException {
        if (awaitsContinue) {
            awaitsContinue = false;
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return body;
    }

    /** The fields after a chunked body; empty before the body has been read to its end. */
    public Headers trailers() {
        return body.trailers();
    }

    /** Sends a whole answer. */
    public void answer(int status, Headers headers, byte[] content) throws IOException {
        begin(status, bodyless(status) ? headers : headers.with("Content-Length", Integer.toString(content.length)));
        if (!bodyless(status) && !head.method().equals("HEAD")) {
            out.write(content);
        }
        state = State.ANSWERED;
    }

    /**
     * Begins an answer whose every write goes out as one chunk at once; closing the stream ends it. Where HTTP allows no body, what is
     * written is dropped.
     */
    public OutputStream stream(int status, Headers headers) throws IOException {
        if (bodyless(status) || head.method().equals("HEAD")) {
            begin(status, headers);
            state = State.ANSWERED;
            return OutputStream.nullOutputStream();
        }
        begin(status, headers.with("Transfer-Encoding", "chunked"));
        return new ChunkedOutput(out, () -> state = State.ANSWERED);
    }

    /** Sends these bytes and nothing else, at once. The handler is answerable for their being an answer. */
    public void write(byte[] bytes) throws IOException {
        state = State.ANSWERED;
        out.write(bytes);
        out.flush();
    }

    /** Breaks the connection: the client gets a TCP reset. */
    public void reset() throws IOException {
        state = State.BROKEN;
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** Ends the connection where it stands, so that the client sees an answer that was cut. */
    public void breakOff() throws IOException {
        state = State.BROKEN;
        socket.close();
    }

    /** Whether no byte of an answer has been sent. */
    boolean untouched() {
        return state == State.OPEN;
    }

    /**
     * Reads what the client still sends, because a connection that is closed over unread bytes loses the answer too, and says whether
     * it can carry another request.
     */
    boolean finish() throws IOException {
        if (state != State.ANSWERED || awaitsContinue) {
            return false;
        }
        body.transferTo(OutputStream.nullOutputStream());
        return body.ended() && !closing();
    }

    private void begin(int status, Headers headers) throws IOException {
        if (state != State.OPEN) {
            throw new IllegalStateException("answer: " + state + " (expected: OPEN)");
        }
        state = State.ANSWERING;
        StringBuilder text = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n");
        headers.all().forEach(header -> append(text, header));
        if (closing()) {
            append(text, new Header("Connection", "close"));
        }
        out.write(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder text, Header header) {
        text.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }

    private boolean closing() {
        return head.headers().lists("connection", "close");
    }

    private static boolean bodyless(int status) {
        return status < 200 || status == 204 || status == 304;
    }
}
