package network.cortensor.portal.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import network.cortensor.portal.usage.Counters;
import network.cortensor.portal.usage.CountersWrite;
import network.cortensor.portal.usage.Entry;
import network.cortensor.portal.usage.Exit;
import network.cortensor.portal.usage.MemoryUsageTable;
import network.cortensor.portal.usage.Period;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.UsageEvent;
import network.cortensor.portal.usage.UsageTable;
import network.cortensor.portal.usage.UsageUnavailable;

/** A table some of whose calls find nobody. */
final class UsageFaults implements UsageTable {
    final MemoryUsageTable rows = new MemoryUsageTable();
    Predicate<Call> failing = call -> false;

    /** What is called. */
    enum Call {
        COUNTERS,
        ENTER,
        LEAVE,
        COUNT_REFUSED,
        ROLL,
        RECORD,
        OPEN,
        SETTLE,
        CLOSE
    }

    /** What was called, in order. */
    final List<Call> calls = new ArrayList<>();

    private void live(Call call) throws UsageUnavailable {
        calls.add(call);
        if (failing.test(call)) {
            throw new UsageUnavailable("down");
        }
    }

    @Override
    public Counters counters(String customer) throws UsageUnavailable {
        live(Call.COUNTERS);
        return rows.counters(customer);
    }

    @Override
    public CountersWrite enter(Counters seen, Entry entry) throws UsageUnavailable {
        live(Call.ENTER);
        return rows.enter(seen, entry);
    }

    @Override
    public CountersWrite leave(Counters seen, Exit exit) throws UsageUnavailable {
        live(Call.LEAVE);
        return rows.leave(seen, exit);
    }

    @Override
    public CountersWrite countRefused(Counters seen, String keyId) throws UsageUnavailable {
        live(Call.COUNT_REFUSED);
        return rows.countRefused(seen, keyId);
    }

    @Override
    public CountersWrite roll(Counters seen, Counters next) throws UsageUnavailable {
        live(Call.ROLL);
        return rows.roll(seen, next);
    }

    @Override
    public void record(Period.Sum sum) throws UsageUnavailable {
        live(Call.RECORD);
        rows.record(sum);
    }

    @Override
    public void open(UsageEvent event) throws UsageUnavailable {
        live(Call.OPEN);
        rows.open(event);
    }

    @Override
    public UsageEvent settle(UsageEvent event) throws UsageUnavailable {
        live(Call.SETTLE);
        return rows.settle(event);
    }

    @Override
    public Optional<UsageEvent> close(String keyId, RequestId request) throws UsageUnavailable {
        live(Call.CLOSE);
        return rows.close(keyId, request);
    }
}
