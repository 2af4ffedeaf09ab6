package network.cortensor.portal.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import network.cortensor.portal.activity.ActivityStore;
import network.cortensor.portal.activity.ActivitySums;

/** Sums in memory. */
final class MemoryActivity implements ActivityStore {
    private final Map<String, Map<Instant, ActivitySums>> sums = new HashMap<>();

    @Override
    public boolean add(String alias, Instant hour, ActivitySums more) {
        sums.computeIfAbsent(alias, absent -> new HashMap<>()).merge(hour, more, ActivitySums::plus);
        return true;
    }

    @Override
    public Map<Instant, ActivitySums> read(String alias, LocalDate first, LocalDate last) {
        return sums.getOrDefault(alias, Map.of());
    }

    /** Of an alias in all. */
    ActivitySums all(String alias) {
        return sums.getOrDefault(alias, Map.of()).values().stream().reduce(ActivitySums.NONE, ActivitySums::plus);
    }
}
