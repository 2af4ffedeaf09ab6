package network.cortensor.portal.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import network.cortensor.portal.testkit.wire.RequestHead;

/**
 * A router on a loopback port whose answer is said in the pieces that a test wants: each is an event, and each event comes in two chunks,
 * cut somewhere else each time. Asked for a whole answer, it says all pieces at once. Answers one request after the other.
 */
final class PieceServer implements AutoCloseable {

    private final ServerSocket server;
    private volatile List<String> pieces = List.of();

    PieceServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    void say(List<String> saying) {
        pieces = List.copyOf(saying);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setTcpNoDelay(true);
                answer(request(socket.getInputStream()), socket.getOutputStream());
            } catch (IOException e) {
                // The server is closed, or the caller has what it wants.
            }
        }
    }

    private static String request(InputStream in) throws IOException {
        RequestHead head = RequestHead.read(in).orElseThrow(() -> new EOFException("no request"));
        return new String(head.body(in), StandardCharsets.UTF_8);
    }

    private void answer(String asked, OutputStream out) throws IOException {
        if (!asked.replace(" ", "").contains("\"stream\":true")) {
            byte[] body = ("{\"choices\":[{\"text\":" + quoted(String.join("", pieces))
                            + ",\"finish_reason\":\"stop\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            out.write(
                    ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            out.write(body);
            return;
        }
        out.write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        for (int number = 0; number < pieces.size(); number++) {
            event(out, choice(pieces.get(number), "null"), number * 7);
        }
        event(out, choice("", "\"stop\""), 11);
        event(out, "[DONE]", 3);
        out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private static String choice(String text, String finish) {
        return "{\"task_id\":9,\"choices\":[{\"text\":" + quoted(text) + ",\"finish_reason\":" + finish + "}]}";
    }

    /** Half a character has no bytes, only an escape. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        for (char each : JsonNodeFactory.instance.textNode(text).toString().toCharArray()) {
            quoted.append(Character.isSurrogate(each) ? "\\u%04x".formatted((int) each) : each);
        }
        return quoted.toString();
    }

    /** A cut may part the bytes of one character. */
    private static void event(OutputStream out, String data, int cut) throws IOException {
        byte[] bytes = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        int at = 1 + cut % (bytes.length - 1);
        chunk(out, bytes, 0, at);
        chunk(out, bytes, at, bytes.length);
        out.flush();
    }

    private static void chunk(OutputStream out, byte[] bytes, int from, int to) throws IOException {
        out.write((Integer.toHexString(to - from) + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(bytes, from, to - from);
        out.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }
}
