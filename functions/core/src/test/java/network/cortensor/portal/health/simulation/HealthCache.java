package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.PoolHealth;

/** A pool's view as the catalog gives it: remembered for 5 s and, while the table fails, up to 60 s. */
final class HealthCache {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private record Remembered(PoolHealth health, Instant readAt) {}

    private final World world;
    private final Map<String, Remembered> pools = new HashMap<>();

    HealthCache(World world) {
        this.world = world;
    }

    AliasView view(String pool) {
        return world.fleet().view(pool, this::health, world.time().now());
    }

    private PoolHealth health(String pool) {
        Instant now = world.time().now();
        Remembered last = pools.get(pool);
        if (last != null && last.readAt().plus(FRESH).isAfter(now)) {
            return last.health();
        }
        try {
            PoolHealth read =
                    new PoolHealth(world.health().pool(pool), world.health().heartbeat());
            pools.put(pool, new Remembered(read, now));
            return read;
        } catch (HealthUnavailable e) {
            return last != null && last.readAt().plus(LONGEST).isAfter(now) ? last.health() : PoolHealth.UNKNOWN;
        }
    }
}
