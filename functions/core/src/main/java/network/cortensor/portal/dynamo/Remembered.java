package network.cortensor.portal.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.Catalog;

/**
 * What was read from a table, by key: used as it is for {@link #FRESH}, then read again; only while that fails it may be older, as its
 * {@link Patience} says. One thread reads a key at a time; those that waited for it share its answer or its failure. Safe for use by
 * many threads.
 */
final class Remembered<V> {
    /** How soon operators' edits take effect. */
    static final Duration FRESH = Catalog.FRESH;

    /** How long requests are routed by what is remembered when the tables cannot be read. */
    static final Duration STALE = Duration.ofSeconds(60);

    /** Beyond so many keys, those that stand for nothing, or are too old to be used, are forgotten: made-up names cannot fill the memory. */
    static final int MANY = 1_000;

    private final InstantSource clock;
    private final Predicate<V> nothing;
    private final Outage outage;
    private final Patience patience;
    private final ConcurrentHashMap<String, Slot<V>> slots = new ConcurrentHashMap<>();

    /** How old a value may be that cannot be read anew. */
    enum Patience {
        /** No older than any other: better no answer than one that no longer holds. */
        NONE(FRESH),
        /** {@link #STALE}. */
        WHILE_READS_FAIL(STALE);

        private final Duration oldest;

        Patience(Duration oldest) {
            this.oldest = oldest;
        }
    }

    /** @param nothing whether a value says that there is nothing under its key */
    Remembered(InstantSource clock, Predicate<V> nothing, Outage outage) {
        this(clock, nothing, outage, Patience.WHILE_READS_FAIL);
    }

    Remembered(InstantSource clock, Predicate<V> nothing, Outage outage, Patience patience) {
        this.clock = clock;
        this.nothing = nothing;
        this.outage = outage;
        this.patience = patience;
    }

    /** A value with the instant at which reading it began. */
    record Read<V>(V value, Instant readAt) {}

    /** Reads a value from its table. */
    @FunctionalInterface
    interface Reader<V> {
        V read() throws Unreadable;
    }

    /** @throws Unreadable if the reader fails and nothing recent enough is remembered */
    Read<V> get(String key, Reader<V> reader) throws Unreadable {
        Slot<V> slot = slots.get(key);
        if (slot == null) {
            if (slots.size() >= MANY) {
                Instant now = clock.instant();
                slots.values().removeIf(known -> known.holdsNothing(nothing, now));
            }
            slot = slots.computeIfAbsent(key, absent -> new Slot<>(outage, patience.oldest));
        }
        return slot.get(clock, reader);
    }

    /** What needs no reading now. */
    Optional<Read<V>> fresh(String key) {
        return Optional.ofNullable(slots.get(key)).flatMap(slot -> slot.younger(FRESH, clock.instant()));
    }

    /** Every value that needs no reading now. */
    Stream<V> fresh() {
        Instant now = clock.instant();
        return slots.values().stream()
                .flatMap(slot -> slot.younger(FRESH, now).stream().map(Read::value));
    }

    int size() {
        return slots.size();
    }

    private record Failed(Unreadable failure, Instant at) {}

    private static final class Slot<V> {
        private final Outage outage;
        private final Duration oldest;
        private volatile Optional<Read<V>> last = Optional.empty();
        private Optional<Failed> failed = Optional.empty();

        private Slot(Outage outage, Duration oldest) {
            this.outage = outage;
            this.oldest = oldest;
        }

        private Read<V> get(InstantSource clock, Reader<V> reader) throws Unreadable {
            Instant asked = clock.instant();
            Optional<Read<V>> fresh = younger(FRESH, asked);
            return fresh.isPresent() ? fresh.get() : getInTurn(asked, clock, reader);
        }

        private synchronized Read<V> getInTurn(Instant asked, InstantSource clock, Reader<V> reader) throws Unreadable {
            Instant now = clock.instant();
            Optional<Read<V>> fresh = younger(FRESH, now);
            if (fresh.isPresent()) {
                return fresh.get();
            }
            Optional<Read<V>> usable = younger(oldest, now);
            if (usable.isPresent() && outage.justFailed(now)) {
                return usable.get();
            }
            if (failed.isPresent() && failed.get().at().isAfter(asked)) {
                return usable.orElseThrow(failed.get()::failure);
            }
            try {
                Read<V> read = new Read<>(reader.read(), now);
                last = Optional.of(read);
                failed = Optional.empty();
                return read;
            } catch (Unreadable e) {
                Instant at = clock.instant();
                failed = Optional.of(new Failed(e, at));
                outage.failed(at);
                return younger(oldest, at).orElseThrow(() -> e);
            }
        }

        private Optional<Read<V>> younger(Duration age, Instant now) {
            return last.filter(read -> now.isBefore(read.readAt().plus(age)));
        }

        private boolean holdsNothing(Predicate<V> nothing, Instant now) {
            return younger(oldest, now)
                    .map(Read::value)
                    .filter(nothing.negate())
                    .isEmpty();
        }
    }
}
