package network.cortensor.portal.testkit.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A request without its body.
 *
 * @param target path and query as they were sent
 */
public record RequestHead(String method, String target, Headers headers) {

    /** Reads the next head of a connection; empty when the client has closed it between two requests. */
    public static Optional<RequestHead> read(InputStream in) throws IOException {
        HeadReader reader = new HeadReader(in);
        Optional<String> line = reader.line();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = line.get().split(" ", -1);
        if (parts.length != 3 || parts[0].isEmpty() || !parts[1].startsWith("/")) {
            throw new BadRequest(400, "no request line");
        }
        if (!parts[2].equals("HTTP/1.1")) {
            throw new BadRequest(505, "not HTTP/1.1");
        }
        return Optional.of(new RequestHead(parts[0], parts[1], reader.fields()));
    }

    /** Reads the body that follows the head, to its end. */
    public byte[] body(InputStream in) throws IOException {
        return RequestBody.of(headers, in).readAllBytes();
    }

    /** The target up to its question mark. */
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /** What follows the target's question mark, or an empty string. */
    public String query() {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }
}
