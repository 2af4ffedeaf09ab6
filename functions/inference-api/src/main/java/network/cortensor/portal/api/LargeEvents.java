package network.cortensor.portal.api;

import java.util.concurrent.Semaphore;
import network.cortensor.portal.api.http.HttpEvents;
import network.cortensor.portal.api.http.HttpRequest;

/**
 * Reads events, few large ones at a time. An event of 6 MB takes three times its size while it is read, so 64 of them at once would take more memory
 * than the process has, and its end would end every stream in it. Small ones, which nearly all are, never wait. Safe for use by many threads.
 */
final class LargeEvents {
    /** In bytes. A body at its own limit of 1 MiB makes an event that is a little larger, or up to six times as large if it is escaped throughout. */
    static final int LARGE = 1024 * 1024;

    /** 8 × 18 MB at most. */
    static final int AT_ONCE = 8;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Reader reader;

    LargeEvents() {
        this(HttpEvents::read);
    }

    LargeEvents(Reader reader) {
        this.reader = reader;
    }

    /** What makes a request of an event. */
    @FunctionalInterface
    interface Reader {
        /** @throws IllegalArgumentException if the event is no HTTP request */
        HttpRequest read(byte[] event);
    }

    /** @throws IllegalArgumentException if the event is no HTTP request */
    HttpRequest read(byte[] event) throws InterruptedException {
        if (event.length <= LARGE) {
            return reader.read(event);
        }
        places.acquire();
        try {
            return reader.read(event);
        } finally {
            places.release();
        }
    }
}
