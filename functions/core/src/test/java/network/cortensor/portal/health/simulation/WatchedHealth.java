package network.cortensor.portal.health.simulation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.MemoryHealth;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.TargetId;

/** A store that may be throttled, and that shows its writes. */
final class WatchedHealth implements HealthStore {
    private final MemoryHealth rows = new MemoryHealth();
    private final BooleanSupplier answers;
    private final Watcher watcher;

    /** Told of each write before it happens. */
    interface Watcher {
        void writes(TargetId target, Optional<TargetHealth> before, TargetHealth after);
    }

    WatchedHealth(BooleanSupplier answers, Watcher watcher) {
        this.answers = answers;
        this.watcher = watcher;
    }

    @Override
    public Map<String, TargetHealth> pool(String pool) throws HealthUnavailable {
        requireAnswer();
        return rows.pool(pool);
    }

    @Override
    public Optional<TargetHealth> find(TargetId target) throws HealthUnavailable {
        requireAnswer();
        return rows.find(target);
    }

    @Override
    public boolean write(TargetId target, TargetHealth health) throws HealthUnavailable {
        requireAnswer();
        watcher.writes(target, rows.find(target), health);
        return rows.write(target, health);
    }

    @Override
    public Optional<Instant> heartbeat() throws HealthUnavailable {
        requireAnswer();
        return rows.heartbeat();
    }

    @Override
    public void beat(Instant finished) throws HealthUnavailable {
        requireAnswer();
        rows.beat(finished);
    }

    private void requireAnswer() throws HealthUnavailable {
        if (!answers.getAsBoolean()) {
            throw new HealthUnavailable(new IllegalStateException("throttled"));
        }
    }
}
