package network.cortensor.portal.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer that was asked for as a stream, taken apart after its end.
 *
 * @param end how it ended: {@code [DONE]}, or what came instead
 */
record StreamedAnswer(Head head, Pace pace, End end) {
    private static final int BUFFER = 16_384;
    private static final String DATA = "data: ";

    /**
     * What came before the stream.
     *
     * @param version what the server spoke
     * @param retryAfter when to ask again, if it said so
     */
    record Head(int status, HttpClient.Version version, Optional<String> requestId, Optional<Duration> retryAfter) {
        private static Head of(HttpResponse<?> response) {
            return new Head(
                    response.statusCode(),
                    response.version(),
                    response.headers().firstValue("x-request-id"),
                    response.headers()
                            .firstValue("retry-after")
                            .filter(seconds -> seconds.matches("[0-9]{1,4}"))
                            .map(seconds -> Duration.ofSeconds(Integer.parseInt(seconds))));
        }
    }

    int status() {
        return head.status();
    }

    /** How a stream ended. */
    sealed interface End {
        /** With its end marker. */
        record Done() implements End {}

        /** With an event that says why. */
        record Failed(String code) implements End {}

        /** Neither: it was cut on the way. */
        record Cut() implements End {}
    }

    /** Reads on until the end and notes the time of each read; what was read is looked at afterwards, so that looking takes no time. */
    static StreamedAnswer read(HttpResponse<?> head, InputStream bytes, InstantSource clock) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        NavigableMap<Integer, Instant> arrivals = new TreeMap<>();
        byte[] buffer = new byte[BUFFER];
        for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
            all.write(buffer, 0, count);
            arrivals.put(all.size(), clock.instant());
        }
        return taken(head, all.toString(StandardCharsets.ISO_8859_1), arrivals);
    }

    /** @param text one character per byte, so that places in it are places in the stream */
    private static StreamedAnswer taken(HttpResponse<?> head, String text, NavigableMap<Integer, Instant> arrivals) {
        List<Instant> pieces = new ArrayList<>();
        End end = new End.Cut();
        int from = 0;
        for (int to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
            String line = text.substring(from, to);
            from = to + 1;
            if (!line.startsWith(DATA)) {
                continue;
            }
            JsonNode event = SmokeCustomer.json(line.substring(DATA.length()).strip());
            if (line.substring(DATA.length()).strip().equals("[DONE]")) {
                end = new End.Done();
            } else if (event.has("error")) {
                end = new End.Failed(event.at("/error/code").asText("error"));
            } else if (bringsText(event)) {
                pieces.add(Objects.requireNonNull(arrivals.ceilingEntry(to + 1)).getValue());
            }
        }
        return new StreamedAnswer(Head.of(head), Pace.of(pieces), end);
    }

    private static boolean bringsText(JsonNode event) {
        return !event.at("/choices/0/delta/content").asText("").isEmpty();
    }
}
