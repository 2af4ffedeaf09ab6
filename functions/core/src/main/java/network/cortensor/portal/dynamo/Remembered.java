package network.cortensor.portal.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What was read from a table, by key: used as it is for {@link #FRESH}, then read again; only while that fails it may be up to
 * {@link #STALE} old. One thread reads a key at a time, the others wait for it. Safe for use by many threads.
 */
final class Remembered<V> {
    /** How soon operators' edits take effect. */
    static final Duration FRESH = Duration.ofSeconds(5);

    /** How long requests are routed by what is remembered when the tables cannot be read. */
    static final Duration STALE = Duration.ofSeconds(60);

    /** More keys than any catalog has; beyond it, what is remembered is forgotten, so that made-up names cannot fill the memory. */
    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final ConcurrentHashMap<String, Slot<V>> slots = new ConcurrentHashMap<>();

    Remembered(InstantSource clock) {
        this.clock = clock;
    }

    /** A value with the instant at which reading it began. */
    record Read<V>(V value, Instant readAt) {}

    /** Reads a value from its table. */
    @FunctionalInterface
    interface Reader<V> {
        V read();
    }

    /** @throws SdkException the reader's own, if nothing recent enough is remembered */
    Read<V> get(String key, Reader<V> reader) {
        if (slots.size() >= MOST) {
            slots.clear();
        }
        return slots.computeIfAbsent(key, absent -> new Slot<>()).get(clock, reader);
    }

    private static final class Slot<V> {
        private Optional<Read<V>> last = Optional.empty();

        private synchronized Read<V> get(InstantSource clock, Reader<V> reader) {
            Instant now = clock.instant();
            Optional<Read<V>> fresh = last.filter(read -> younger(read, FRESH, now));
            if (fresh.isPresent()) {
                return fresh.get();
            }
            try {
                Read<V> read = new Read<>(reader.read(), now);
                last = Optional.of(read);
                return read;
            } catch (SdkException e) {
                return last.filter(read -> younger(read, STALE, clock.instant()))
                        .orElseThrow(() -> e);
            }
        }

        private static boolean younger(Read<?> read, Duration age, Instant now) {
            return now.isBefore(read.readAt().plus(age));
        }
    }
}
