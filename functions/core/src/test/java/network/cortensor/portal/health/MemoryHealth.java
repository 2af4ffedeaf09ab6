package network.cortensor.portal.health;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.model.TargetId;

/** Evidence in memory, with the table's rules. */
public final class MemoryHealth implements HealthStore {
    private final Map<TargetId, TargetHealth> rows = new HashMap<>();
    private Optional<Instant> heartbeat = Optional.empty();

    @Override
    public synchronized Map<String, TargetHealth> pool(String pool) {
        Map<String, TargetHealth> found = new HashMap<>();
        rows.forEach((id, health) -> {
            if (id.pool().equals(pool)) {
                found.put(id.name(), health);
            }
        });
        return Map.copyOf(found);
    }

    @Override
    public synchronized Optional<TargetHealth> find(TargetId target) {
        return Optional.ofNullable(rows.get(target));
    }

    @Override
    public synchronized boolean write(TargetId target, TargetHealth health) {
        TargetHealth there = rows.get(target);
        if ((there == null ? 0 : there.version()) != health.version()) {
            return false;
        }
        rows.put(target, health.written());
        return true;
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
