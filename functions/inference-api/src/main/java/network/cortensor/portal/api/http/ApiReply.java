package network.cortensor.portal.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The one answer to one request: whole, or as a stream of server-sent events. Used by one thread.
 *
 * <p>It knows how far it is, so that an error can be reported: as an answer while nothing was sent, as an event once a stream
 * has begun, not at all after the end.
 */
public final class ApiReply {
    private static final Map<String, String> NO_CONTENT = Map.of();
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");
    private static final Map<String, String> HTML = Map.of("content-type", "text/html; charset=utf-8");
    private static final Map<String, String> EVENT_STREAM =
            Map.of("content-type", "text/event-stream; charset=utf-8", "cache-control", "no-cache");

    /** Characters that are worth a write of their own. */
    private static final int MOST_KEPT = 16 * 1024;

    private final ResponseStarter starter;
    private final StringBuilder kept = new StringBuilder();
    private final Map<String, String> standing = new HashMap<>();
    private Progress progress = Progress.NOTHING_SENT;
    private int status;
    private int events;
    private OutputStream out = OutputStream.nullOutputStream();

    /** How far an answer is. */
    public enum Progress {
        NOTHING_SENT,
        STREAMING,
        ENDED
    }

    /** @param standing headers that the answer has whatever it is */
    public ApiReply(ResponseStarter starter, Map<String, String> standing) {
        this.starter = starter;
        this.standing.putAll(standing);
    }

    public Progress progress() {
        return progress;
    }

    /** Headers that the answer has from now on, whatever it is; nothing if it has begun already. */
    public void promise(Map<String, String> headers) {
        standing.putAll(headers);
    }

    /** The status sent, or 0. */
    public int status() {
        return status;
    }

    /** Sends an answer without a body. */
    public void empty(int answerStatus, Map<String, String> headers) throws IOException {
        begin(answerStatus, NO_CONTENT, headers);
        progress = Progress.ENDED;
        out.flush();
    }

    /** Sends the whole answer. */
    public void json(int answerStatus, Map<String, String> headers, JsonNode body) throws IOException {
        whole(answerStatus, JSON, headers, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the whole answer, for people. */
    public void html(int answerStatus, Map<String, String> headers, String body) throws IOException {
        whole(answerStatus, HTML, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a document, or only its tag to a client that has it already.
     *
     * @param asked the request's headers
     * @param headers beside those of the document
     */
    public void document(Document document, RequestHeaders asked, Map<String, String> headers) throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("etag", document.tag());
        all.put("vary", "accept-encoding");
        if (hasAlready(document, asked)) {
            empty(304, all);
            return;
        }
        Coding coding = Coding.acceptedBy(asked);
        if (coding == Coding.GZIP) {
            all.put("content-encoding", "gzip");
        }
        whole(200, Map.of("content-type", document.contentType()), all, document.body(coding));
    }

    private static boolean hasAlready(Document document, RequestHeaders asked) {
        return asked.all("if-none-match").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || weak(tag).equals(document.tag()));
    }

    /** Proxies that change a document's coding may mark its tag as weak, or forget that it is. */
    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag : "W/" + tag;
    }

    private void whole(int answerStatus, Map<String, String> content, Map<String, String> headers, byte[] body)
            throws IOException {
        begin(answerStatus, content, headers);
        progress = Progress.ENDED;
        out.write(body);
        out.flush();
    }

    /** Sends one event at once. */
    public void event(String text) throws IOException {
        stream(text);
        events++;
    }

    /** One event that may wait for the next {@link #flush}, or for whatever else is sent. */
    public void piece(String text) throws IOException {
        begin();
        requireOpen();
        kept.append(text);
        events++;
        if (kept.length() > MOST_KEPT) {
            flush();
        }
    }

    /** Sends what was kept. */
    public void flush() throws IOException {
        if (!kept.isEmpty()) {
            send("");
        }
    }

    /** Sends one comment at once. */
    public void comment(String text) throws IOException {
        stream(Sse.comment(text));
    }

    /** How many events have been sent. */
    public int events() {
        return events;
    }

    /** The first text begins the answer with status 200. */
    private void stream(String text) throws IOException {
        begin();
        send(text);
    }

    private void begin() throws IOException {
        if (progress == Progress.NOTHING_SENT) {
            begin(200, EVENT_STREAM, Map.of());
            progress = Progress.STREAMING;
        }
    }

    /** Sends the last event. */
    public void lastEvent(String text) throws IOException {
        event(text);
        progress = Progress.ENDED;
    }

    private void begin(int answerStatus, Map<String, String> content, Map<String, String> headers) throws IOException {
        if (progress != Progress.NOTHING_SENT) {
            throw new IllegalStateException("answer begun twice");
        }
        Map<String, String> all = new HashMap<>(standing);
        all.putAll(content);
        all.putAll(headers);
        status = answerStatus;
        out = starter.begin(answerStatus, all);
    }

    private void send(String text) throws IOException {
        requireOpen();
        String all = kept.append(text).toString();
        kept.setLength(0);
        out.write(all.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void requireOpen() {
        if (progress == Progress.ENDED) {
            throw new IllegalStateException("event after the end");
        }
    }
}
