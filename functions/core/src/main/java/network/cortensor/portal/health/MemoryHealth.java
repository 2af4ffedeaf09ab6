package network.cortensor.portal.health;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.model.TargetId;

/** Evidence in memory, with the table's rules. Safe for use by many threads. */
public final class MemoryHealth implements HealthStore {
    private final Map<String, Map<String, TargetHealth>> pools = new HashMap<>();
    private Optional<Instant> heartbeat = Optional.empty();

    @Override
    public synchronized Map<String, TargetHealth> pool(String pool) {
        return Map.copyOf(rows(pool));
    }

    @Override
    public synchronized Optional<TargetHealth> find(TargetId target) {
        return Optional.ofNullable(rows(target.pool()).get(target.name()));
    }

    @Override
    public synchronized boolean write(TargetId target, TargetHealth health) {
        long version = find(target).map(TargetHealth::version).orElse(0L);
        if (version != health.version()) {
            return false;
        }
        rows(target.pool()).put(target.name(), health.written());
        return true;
    }

    private Map<String, TargetHealth> rows(String pool) {
        return pools.computeIfAbsent(pool, ignored -> new HashMap<>());
    }

    @Override
    public synchronized Optional<Instant> heartbeat() {
        return heartbeat;
    }

    @Override
    public synchronized void beat(Instant finished) {
        heartbeat = Optional.of(finished);
    }
}
