package network.cortensor.portal.runtime;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the Runtime API answered to one call. */
final class RuntimeApiReply {
    private final int status;
    private final Map<String, String> fields;
    private final byte[] body;

    private RuntimeApiReply(int status, Map<String, String> fields, byte[] body) {
        this.status = status;
        this.fields = fields;
        this.body = body;
    }

    /** Reads a whole HTTP/1.1 response. */
    static RuntimeApiReply read(InputStream in) throws IOException {
        int status = status(line(in));
        Map<String, String> fields = fields(in);
        return new RuntimeApiReply(status, fields, body(fields, in));
    }

    /** Whether the connection may be used again: the reply had an end of its own, and the Runtime API has not said that it closes. */
    boolean leavesConnection() {
        return !"close".equalsIgnoreCase(fields.get("Connection"))
                && (fields.containsKey("Content-Length") || fields.containsKey("Transfer-Encoding"));
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body;
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
            throw new IOException("the Runtime API sent no status line");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static Map<String, String> fields(InputStream in) throws IOException {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("the Runtime API sent a header without a name");
            }
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return fields;
    }

    private static byte[] body(Map<String, String> fields, InputStream in) throws IOException {
        if ("chunked".equalsIgnoreCase(fields.get("Transfer-Encoding"))) {
            return chunks(in);
        }
        String length = fields.get("Content-Length");
        if (length == null) {
            return in.readAllBytes();
        }
        return exactly(size(length, 10), in);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = size(line(in).split(";", 2)[0].strip(), 16);
            if (size == 0) {
                return body.toByteArray();
            }
            body.writeBytes(exactly(size, in));
            line(in);
        }
    }

    private static int size(String digits, int radix) throws IOException {
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("the Runtime API sent a length that is no number", e);
        }
    }

    private static byte[] exactly(int length, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the Runtime API's reply ended early");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the Runtime API closed the connection");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
