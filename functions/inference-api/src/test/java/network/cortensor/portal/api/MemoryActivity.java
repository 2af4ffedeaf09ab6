package network.cortensor.portal.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import network.cortensor.portal.activity.ActivityStore;
import network.cortensor.portal.activity.Sums;

/** Sums in memory. */
final class MemoryActivity implements ActivityStore {
    private final Map<String, Map<Instant, Sums>> sums = new HashMap<>();

    @Override
    public boolean add(String alias, Instant hour, Sums more) {
        sums.computeIfAbsent(alias, absent -> new HashMap<>()).merge(hour, more, Sums::plus);
        return true;
    }

    @Override
    public Map<Instant, Sums> read(String alias, LocalDate first, LocalDate last) {
        return sums.getOrDefault(alias, Map.of());
    }

    /** Of an alias in all. */
    Sums all(String alias) {
        return sums.getOrDefault(alias, Map.of()).values().stream().reduce(Sums.NONE, Sums::plus);
    }
}
