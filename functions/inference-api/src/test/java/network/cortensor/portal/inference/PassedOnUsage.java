package network.cortensor.portal.inference;

import java.util.Optional;
import network.cortensor.portal.usage.Counters;
import network.cortensor.portal.usage.CountersWrite;
import network.cortensor.portal.usage.Entry;
import network.cortensor.portal.usage.Exit;
import network.cortensor.portal.usage.Period;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.UsageEvent;
import network.cortensor.portal.usage.UsageTable;
import network.cortensor.portal.usage.UsageUnavailable;

/** Passes every call on. */
class PassedOnUsage implements UsageTable {
    private final UsageTable table;

    PassedOnUsage(UsageTable table) {
        this.table = table;
    }

    @Override
    public Counters counters(String customer) throws UsageUnavailable {
        return table.counters(customer);
    }

    @Override
    public CountersWrite enter(Counters seen, Entry entry) throws UsageUnavailable {
        return table.enter(seen, entry);
    }

    @Override
    public CountersWrite leave(Counters seen, Exit exit) throws UsageUnavailable {
        return table.leave(seen, exit);
    }

    @Override
    public CountersWrite countRefused(Counters seen, String keyId) throws UsageUnavailable {
        return table.countRefused(seen, keyId);
    }

    @Override
    public CountersWrite roll(Counters seen, Counters next) throws UsageUnavailable {
        return table.roll(seen, next);
    }

    @Override
    public void record(Period.Sum sum) throws UsageUnavailable {
        table.record(sum);
    }

    @Override
    public void open(UsageEvent event) throws UsageUnavailable {
        table.open(event);
    }

    @Override
    public UsageEvent settle(UsageEvent event) throws UsageUnavailable {
        return table.settle(event);
    }

    @Override
    public Optional<UsageEvent> close(String keyId, RequestId request) throws UsageUnavailable {
        return table.close(keyId, request);
    }
}
