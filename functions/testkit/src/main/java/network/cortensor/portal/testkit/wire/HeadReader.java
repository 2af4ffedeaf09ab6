package network.cortensor.portal.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads lines and header fields; refuses a head beyond {@link #LIMIT}. One reader reads one head or one trailer section. */
final class HeadReader {
    /** Bytes of a request line and its fields, several times what API Gateway takes (10,240). */
    static final int LIMIT = 64 * 1024;

    private final InputStream in;
    private int left = LIMIT;

    HeadReader(InputStream in) {
        this.in = in;
    }

    /** The next line without its end, or empty at the end of the connection. */
    Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            if (--left < 0) {
                throw new BadRequest(431, "the head is larger than " + LIMIT + " bytes");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        if (line.size() > 0) {
            throw new BadRequest(400, "the connection ended within a line");
        }
        return Optional.empty();
    }

    /** All fields up to the empty line. */
    Headers fields() throws IOException {
        List<Header> fields = new ArrayList<>();
        while (true) {
            String line = line().orElseThrow(() -> new BadRequest(400, "the connection ended within a head"));
            if (line.isEmpty()) {
                return new Headers(fields);
            }
            fields.add(field(line));
        }
    }

    private static Header field(String line) throws BadRequest {
        int colon = line.indexOf(':');
        try {
            return new Header(
                    line.substring(0, Math.max(0, colon)),
                    line.substring(colon + 1).strip());
        } catch (IllegalArgumentException e) {
            throw new BadRequest(400, "no header field");
        }
    }
}
