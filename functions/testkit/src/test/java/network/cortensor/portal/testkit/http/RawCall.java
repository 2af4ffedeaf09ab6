package network.cortensor.portal.testkit.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that sees every byte. */
public final class RawCall {
    private static final int PATIENCE_MILLIS = 60_000;

    private RawCall() {}

    /** How a connection ended. */
    public enum Ending {
        CLOSED,
        RESET
    }

    /** @param bytes all that came, each byte as one character */
    public record Heard(String bytes, Ending ending) {

        public String statusLine() {
            return bytes.substring(0, Math.max(0, bytes.indexOf("\r\n")));
        }

        public String head() {
            return bytes.substring(0, bytes.indexOf("\r\n\r\n") + 4);
        }

        /** What follows the head, as it came. */
        public String rawBody() {
            return bytes.substring(bytes.indexOf("\r\n\r\n") + 4);
        }

        /** What follows the head, without the framing of chunks. */
        public String body() {
            return head().contains("chunked") ? unchunked(rawBody()) : rawBody();
        }

        private static String unchunked(String raw) {
            StringBuilder body = new StringBuilder();
            int at = 0;
            while (at < raw.length()) {
                int line = raw.indexOf("\r\n", at);
                int size = Integer.parseInt(raw.substring(at, line), 16);
                int begin = line + 2;
                body.append(raw, begin, Math.min(raw.length(), begin + size));
                at = begin + size + 2;
            }
            return body.toString();
        }
    }

    /** Sends these bytes and listens until the connection ends. */
    public static Heard send(URI server, String bytes) throws IOException {
        try (Socket socket = open(server, bytes)) {
            return hear(socket);
        }
    }

    /** Sends these bytes over a connection that the caller goes on with. */
    public static Socket open(URI server, String bytes) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    public static Heard hear(Socket socket) {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        Ending ending = Ending.CLOSED;
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
                heard.write(buffer, 0, size);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection goes on after " + heard.size() + " bytes", e);
        } catch (IOException e) {
            ending = Ending.RESET;
        }
        return new Heard(heard.toString(StandardCharsets.ISO_8859_1), ending);
    }

    public static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    }

    public static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }
}
