package network.cortensor.portal.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What was read from elsewhere, by key: used as it is while it is fresh, then read again; only while that fails it may be older, as its
 * {@link KeepTimes} say. One thread reads a key at a time; those that waited for it share its answer or its failure. Safe for use by
 * many threads.
 */
public final class Remembered<V> {
    /** Beyond so many keys, those that stand for nothing, or are too old to be used, are forgotten: made-up names cannot fill the memory. */
    public static final int MANY = 1_000;

    private final InstantSource clock;
    private final Predicate<V> nothing;
    private final Outage outage;
    private final KeepTimes keep;
    private final ConcurrentHashMap<String, Slot<V>> slots = new ConcurrentHashMap<>();

    /** @param nothing whether a value says that there is nothing under its key */
    public Remembered(InstantSource clock, Predicate<V> nothing, Outage outage, KeepTimes keep) {
        this.clock = clock;
        this.nothing = nothing;
        this.outage = outage;
        this.keep = keep;
    }

    /** A value with the instant at which reading it began. */
    public record Read<V>(V value, Instant readAt) {}

    /** Reads a value from where it is kept. It is called by one thread at a time for each key, on that thread, and may block. */
    @FunctionalInterface
    public interface Reader<V> {
        V read() throws Unreadable;
    }

    /** @throws Unreadable if the reader fails and nothing recent enough is remembered */
    public Read<V> get(String key, Reader<V> reader) throws Unreadable {
        Slot<V> slot = slots.get(key);
        if (slot == null) {
            if (slots.size() >= MANY) {
                Instant now = clock.instant();
                slots.values().removeIf(known -> known.holdsNothing(nothing, now));
            }
            slot = slots.computeIfAbsent(key, absent -> new Slot<>(outage, keep));
        }
        return slot.get(clock, reader);
    }

    /** The value is read anew when it is next wanted; until that works it may be used as any other that is not fresh. */
    public void doubt(String key) {
        Optional.ofNullable(slots.get(key)).ifPresent(slot -> slot.doubted = true);
    }

    /** Nothing is remembered under the key any more. */
    public void forget(String key) {
        slots.remove(key);
    }

    /** What needs no reading now. */
    public Optional<Read<V>> fresh(String key) {
        return Optional.ofNullable(slots.get(key)).flatMap(slot -> slot.fresh(clock.instant()));
    }

    /** What was read last, however long ago: good for nothing but to tell what is worth reading. */
    public Optional<V> last(String key) {
        return Optional.ofNullable(slots.get(key)).flatMap(slot -> slot.last).map(Read::value);
    }

    /** Every value that needs no reading now. */
    Stream<V> fresh() {
        Instant now = clock.instant();
        return slots.values().stream().flatMap(slot -> slot.fresh(now).stream().map(Read::value));
    }

    public int size() {
        return slots.size();
    }

    private record Failed(Unreadable failure, Instant at) {}

    private static final class Slot<V> {
        private final Outage outage;
        private final Outage own;
        private final KeepTimes keep;
        private volatile Optional<Read<V>> last = Optional.empty();
        private volatile boolean doubted;
        private Optional<Failed> failed = Optional.empty();

        private Slot(Outage outage, KeepTimes keep) {
            this.outage = outage;
            this.own = outage.ofOne();
            this.keep = keep;
        }

        private Read<V> get(InstantSource clock, Reader<V> reader) throws Unreadable {
            Instant asked = clock.instant();
            Optional<Read<V>> fresh = fresh(asked);
            return fresh.isPresent() ? fresh.get() : getInTurn(asked, clock, reader);
        }

        private synchronized Read<V> getInTurn(Instant asked, InstantSource clock, Reader<V> reader) throws Unreadable {
            Instant now = clock.instant();
            Optional<Read<V>> fresh = fresh(now);
            if (fresh.isPresent()) {
                return fresh.get();
            }
            Optional<Read<V>> usable = usable(now);
            if (usable.isPresent() && (outage.justFailed(now) || own.justFailed(now))) {
                return usable.get();
            }
            Optional<Unreadable> refusal = outage.refusal(now).or(() -> own.refusal(now));
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            if (failed.isPresent() && failed.get().at().isAfter(asked)) {
                return usable.orElseThrow(failed.get()::failure);
            }
            try {
                Read<V> read = new Read<>(reader.read(), now);
                last = Optional.of(read);
                doubted = false;
                failed = Optional.empty();
                return read;
            } catch (Unreadable e) {
                Instant at = clock.instant();
                failed = Optional.of(new Failed(e, at));
                (e.isAlone() ? own : outage).failed(e, at);
                return usable(at).orElseThrow(() -> e);
            }
        }

        private Optional<Read<V>> fresh(Instant now) {
            return doubted ? Optional.empty() : younger(keep.fresh(), now);
        }

        private Optional<Read<V>> usable(Instant now) {
            return younger(keep.usable(), now);
        }

        private Optional<Read<V>> younger(Duration age, Instant now) {
            return last.filter(read -> now.isBefore(read.readAt().plus(age)));
        }

        private boolean holdsNothing(Predicate<V> nothing, Instant now) {
            return usable(now).map(Read::value).filter(nothing.negate()).isEmpty();
        }
    }
}
