package network.cortensor.portal.testkit.lambda;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import network.cortensor.portal.testkit.wire.Header;
import network.cortensor.portal.testkit.wire.RequestHead;

/** A customer's request as a front sees it, with the readings of it that both event formats share. */
final class Incoming {
    /**
     * When and from where a request came.
     *
     * @param requestId the front's own
     * @param port where it arrived, over plain HTTP
     */
    record Arrival(String requestId, Instant at, String sourceIp, int port) {}

    /** Speak of one connection only, so no front passes them on. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "expect",
            "keep-alive",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final RequestHead head;
    private final byte[] body;
    private final Arrival arrival;

    Incoming(RequestHead head, byte[] body, Arrival arrival) {
        this.head = head;
        this.body = body;
        this.arrival = arrival;
    }

    RequestHead head() {
        return head;
    }

    Arrival arrival() {
        return arrival;
    }

    boolean bodyless() {
        return body.length == 0;
    }

    String bodyInBase64() {
        return Base64.getEncoder().encodeToString(body);
    }

    /** The body as text, or empty when it is not valid UTF-8. */
    Optional<String> bodyAsText() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The headers that are meant for the function, names as they were sent. */
    List<Header> endToEndHeaders() {
        return head.headers().all().stream()
                .filter(header -> !HOP_BY_HOP.contains(header.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Decoded names and values of the query, in order. */
    SequencedMap<String, List<String>> query() {
        SequencedMap<String, List<String>> query = new LinkedHashMap<>();
        if (head.query().isEmpty()) {
            return query;
        }
        for (String pair : head.query().split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(decoded(value));
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
