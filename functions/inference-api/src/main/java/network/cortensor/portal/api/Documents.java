package network.cortensor.portal.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Document;

/**
 * Documents that this worker has made, one for each address that they are asked for at: what anybody may ask for as often as they like is made once in
 * a span of time, and is the same on every worker in that span as long as what it shows is. Safe for use by many threads.
 */
final class Documents {
    /** A deployment has two or three addresses. For a client that makes up more of them, each is made anew. */
    private static final int MOST = 16;

    private final Duration span;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Made> byAddress = new ConcurrentHashMap<>();

    private record Made(Instant from, Document document) {}

    /** @param span how long a document is good for; spans begin at whole multiples of it */
    Documents(Duration span, InstantSource clock) {
        this.span = span;
        this.clock = clock;
    }

    /** Makes a document. */
    @FunctionalInterface
    interface Maker {
        /** @param from when the span began that the document is for */
        Document make(Instant from) throws Rejection;
    }

    Document at(String address, Maker maker) throws Rejection {
        Instant from = beginning();
        Made made = byAddress.get(address);
        if (made != null && made.from().equals(from)) {
            return made.document();
        }
        Document document = maker.make(from);
        if (byAddress.size() >= MOST) {
            byAddress.clear();
        }
        byAddress.put(address, new Made(from, document));
        return document;
    }

    private Instant beginning() {
        long seconds = span.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(clock.instant().getEpochSecond(), seconds) * seconds);
    }
}
