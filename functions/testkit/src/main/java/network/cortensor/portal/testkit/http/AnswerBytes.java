package network.cortensor.portal.testkit.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How answers look in bytes. */
public final class AnswerBytes {
    private AnswerBytes() {}

    /** Status line and headers, up to and with the empty line. */
    public static byte[] head(String status, String contentType, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
        head.append("Content-Type: ").append(contentType).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return ascii(head.append("\r\n").toString());
    }

    /** The head of an answer that comes in chunks. */
    public static byte[] chunkedHead(String status, String contentType) {
        return head(status, contentType, Map.of("Transfer-Encoding", "chunked"));
    }

    /** One chunk that holds {@code text}, which must not be empty: an empty chunk would end the answer. */
    public static byte[] chunk(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        if (content.length == 0) {
            throw new IllegalArgumentException("chunk: empty (expected: some text)");
        }
        byte[] size = ascii(Integer.toHexString(content.length) + "\r\n");
        byte[] chunk = new byte[size.length + content.length + 2];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(content, 0, chunk, size.length, content.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    /** What ends an answer that came in chunks. */
    public static byte[] lastChunk() {
        return ascii("0\r\n\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
