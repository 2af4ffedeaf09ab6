package network.cortensor.portal.testkit.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole answer with its length in front.
 *
 * @param status code and reason phrase, such as {@code 200 OK}; servers differ in how they write the phrase
 * @param headers beyond {@code Content-Type} and {@code Content-Length}
 */
public record CannedReply(String status, String contentType, Map<String, String> headers, String body) {
    public static final String JSON = "application/json";

    public CannedReply {
        headers = Map.copyOf(headers);
    }

    public static CannedReply json(String status, String body) {
        return new CannedReply(status, JSON, Map.of(), body);
    }

    /** Status line and headers, up to and with the empty line. */
    public byte[] head() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
        return AnswerBytes.head(status, contentType, all);
    }

    public byte[] bytes() {
        byte[] head = head();
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[head.length + content.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(content, 0, bytes, head.length, content.length);
        return bytes;
    }
}
