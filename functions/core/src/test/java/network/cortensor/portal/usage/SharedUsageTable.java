package network.cortensor.portal.usage;

import java.util.Optional;

/** The table that all workers of a world share: always right, and watched. */
final class SharedUsageTable implements UsageTable {
    final MemoryUsageTable rows = new MemoryUsageTable();
    private final UsageJudge judge;

    SharedUsageTable(UsageJudge judge) {
        this.judge = judge;
    }

    private CountersWrite told(CountersWrite written) {
        if (written instanceof CountersWrite.Done done) {
            judge.saw(done.after(), this);
        }
        return written;
    }

    @Override
    public Counters counters(String customer) {
        return rows.counters(customer);
    }

    @Override
    public CountersWrite enter(Counters seen, Entry entry) {
        return told(rows.enter(seen, entry));
    }

    @Override
    public CountersWrite leave(Counters seen, Exit exit) {
        return told(rows.leave(seen, exit));
    }

    @Override
    public CountersWrite countRefused(Counters seen, String keyId) {
        return told(rows.countRefused(seen, keyId));
    }

    @Override
    public CountersWrite roll(Counters seen, Counters next) {
        return told(rows.roll(seen, next));
    }

    @Override
    public void record(Period.Sum sum) {
        rows.record(sum);
    }

    @Override
    public void open(UsageEvent event) {
        rows.open(event);
    }

    @Override
    public UsageEvent settle(UsageEvent event) {
        return rows.settle(event);
    }

    @Override
    public Optional<UsageEvent> close(String keyId, RequestId request) {
        return rows.close(keyId, request);
    }
}
