package network.cortensor.portal.usage;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.State;
import network.cortensor.portal.usage.UsageEvent.Tokens;

/**
 * Usage in this process's own memory: for a worker's rehearsal before its snapshot, when no table is to be written, and for tests. It counts for
 * no other process.
 */
public final class MemoryUsageTable implements UsageTable {
    private final Map<String, Counters> counters = new HashMap<>();
    private final Map<EventKey, UsageEvent> events = new TreeMap<>();
    private final Map<SumKey, Period.Sum> sums = new HashMap<>();

    private record EventKey(String keyId, RequestId request) implements Comparable<EventKey> {
        static EventKey of(UsageEvent event) {
            return new EventKey(event.account().keyId(), event.request());
        }

        @Override
        public int compareTo(EventKey other) {
            int byKey = keyId.compareTo(other.keyId);
            return byKey != 0 ? byKey : request.compareTo(other.request);
        }
    }

    private record SumKey(String keyId, Period period) {}

    @Override
    public synchronized Counters counters(String customer) {
        return counters.getOrDefault(customer, Counters.none(customer));
    }

    @Override
    public synchronized CountersWrite enter(Counters seen, Entry entry) {
        Counters now = counters(seen.customer());
        KeyCounters key = now.key(entry.keyId());
        boolean holds = now.rolls() == seen.rolls()
                && !key.open().contains(entry.request())
                && !now.gone().contains(entry.request().id())
                && entry.key().hold(key.use())
                && entry.customer().hold(now.use());
        return holds ? written(now.entered(entry.keyId(), entry.request()).changed()) : new CountersWrite.Refused(now);
    }

    @Override
    public synchronized CountersWrite leave(Counters seen, Exit exit) {
        Counters now = counters(seen.customer());
        boolean holds = now.key(exit.keyId()).open().contains(exit.request())
                && now.moment().week() >= exit.notBefore().week()
                && !now.moment().day().isBefore(exit.notBefore().day());
        return holds
                ? written(now.left(exit.keyId(), exit.request(), exit.used()).changed())
                : new CountersWrite.Refused(now);
    }

    @Override
    public synchronized CountersWrite countRefused(Counters seen, String keyId) {
        Counters now = counters(seen.customer());
        return now.rolls() == seen.rolls() ? written(now.refused(keyId).changed()) : new CountersWrite.Refused(now);
    }

    @Override
    public synchronized CountersWrite roll(Counters seen, Counters next) {
        Counters now = counters(seen.customer());
        return now.changes() == seen.changes() ? written(next.rolled()) : new CountersWrite.Refused(now);
    }

    private CountersWrite written(Counters after) {
        counters.put(after.customer(), after);
        return new CountersWrite.Done(after);
    }

    @Override
    public synchronized void record(Period.Sum sum) {
        sums.merge(
                new SumKey(sum.keyId(), sum.period()),
                sum,
                (known, added) -> known.totals().requests() > added.totals().requests() ? known : added);
    }

    @Override
    public synchronized void open(UsageEvent event) {
        events.putIfAbsent(EventKey.of(event), event);
    }

    @Override
    public synchronized UsageEvent settle(UsageEvent event) {
        return events.merge(
                EventKey.of(event), event, (known, settled) -> known.state() instanceof State.Open ? settled : known);
    }

    @Override
    public synchronized Optional<UsageEvent> close(String keyId, RequestId request) {
        return Optional.ofNullable(events.computeIfPresent(
                new EventKey(keyId, request),
                (key, known) -> known.state() instanceof State.Open ? closed(known) : known));
    }

    private static UsageEvent closed(UsageEvent open) {
        Tokens tokens = new Tokens(open.tokens().prompt(), open.tokens().completion(), Basis.ESTIMATED);
        return new UsageEvent(open.request(), open.account(), tokens, new State.Closed());
    }

    public synchronized Optional<UsageEvent> event(String keyId, RequestId request) {
        return Optional.ofNullable(events.get(new EventKey(keyId, request)));
    }

    /** Every event, by key and time. */
    public synchronized Collection<UsageEvent> events() {
        return List.copyOf(events.values());
    }

    /** Every recorded sum, in no order. */
    public synchronized Collection<Period.Sum> sums() {
        return List.copyOf(sums.values());
    }
}
