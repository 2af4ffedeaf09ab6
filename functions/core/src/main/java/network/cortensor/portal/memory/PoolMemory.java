package network.cortensor.portal.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.memory.Remembered.Read;
import network.cortensor.portal.memory.Remembered.Reader;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Target;

/** What is remembered of pools. All that has to be read for one request is read at the same time, and joined before it goes on. */
final class PoolMemory {
    private static final String ONLY = "";

    /** Requests are routed without evidence, too: a table of health that hangs costs one of them its time-outs in so long, and not every one. */
    private static final Duration HEALTH_HOLD_OFF = Duration.ofSeconds(5);

    private final CatalogSource source;
    private final HealthStore health;
    private final Remembered<Optional<Pool>> pools;
    private final Remembered<List<Target>> targets;
    private final Remembered<Map<String, TargetHealth>> evidence;
    private final Remembered<Optional<Instant>> heartbeat;

    PoolMemory(CatalogSource source, HealthStore health, InstantSource clock, Outage catalogOutage) {
        Outage healthOutage = new Outage(HEALTH_HOLD_OFF, Outage.Unremembered.REFUSED);
        this.source = source;
        this.health = health;
        this.pools = new Remembered<>(clock, Optional::isEmpty, catalogOutage, KeepTimes.CATALOG);
        this.targets = new Remembered<>(clock, List::isEmpty, catalogOutage, KeepTimes.CATALOG);
        this.evidence = new Remembered<>(clock, Map::isEmpty, healthOutage, KeepTimes.CATALOG);
        this.heartbeat = new Remembered<>(clock, Optional::isEmpty, healthOutage, KeepTimes.CATALOG);
    }

    /**
     * What pools are made of.
     *
     * @param heartbeat the prober's, absent if it cannot be read
     */
    record Pools(Map<String, Parts> byName, Optional<Read<Optional<Instant>>> heartbeat) {}

    /**
     * What one pool is made of.
     *
     * @param evidence by target, absent if it cannot be read: intent is enough to route by
     */
    record Parts(
            Read<Optional<Pool>> pool,
            Read<List<Target>> targets,
            Optional<Read<Map<String, TargetHealth>>> evidence) {}

    /** The parts of each of these pools, also of those that do not exist. */
    Pools pools(Set<String> names) throws Unreadable {
        Map<String, Pending> pending = new HashMap<>();
        Future<Read<Optional<Instant>>> beat;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            beat = start(threads, heartbeat, ONLY, this::heartbeat);
            for (String name : names) {
                pending.put(
                        name,
                        new Pending(
                                start(threads, pools, name, () -> source.pool(name)),
                                start(threads, targets, name, () -> source.targets(name)),
                                start(threads, evidence, name, () -> evidence(name))));
            }
        }
        Map<String, Parts> parts = new HashMap<>();
        for (Map.Entry<String, Pending> each : pending.entrySet()) {
            parts.put(each.getKey(), each.getValue().parts());
        }
        return new Pools(parts, ifReadable(beat));
    }

    /** Every target that is known at present, of whatever pool. */
    List<Target> knownTargets() {
        return targets.fresh().flatMap(List::stream).toList();
    }

    private Optional<Instant> heartbeat() throws Unreadable {
        try {
            return health.heartbeat();
        } catch (HealthUnavailable e) {
            throw new Unreadable(e);
        }
    }

    private Map<String, TargetHealth> evidence(String pool) throws Unreadable {
        try {
            return health.pool(pool);
        } catch (HealthUnavailable e) {
            throw new Unreadable(e);
        }
    }

    private static <V> Future<Read<V>> start(
            ExecutorService threads, Remembered<V> memory, String key, Reader<V> reader) {
        return memory.fresh(key)
                .<Future<Read<V>>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> threads.submit(() -> memory.get(key, reader)));
    }

    private record Pending(
            Future<Read<Optional<Pool>>> pool,
            Future<Read<List<Target>>> targets,
            Future<Read<Map<String, TargetHealth>>> evidence) {

        Parts parts() throws Unreadable {
            return new Parts(joined(pool), joined(targets), ifReadable(evidence));
        }
    }

    private static <V> Optional<V> ifReadable(Future<V> done) {
        try {
            return Optional.of(joined(done));
        } catch (Unreadable e) {
            return Optional.empty();
        }
    }

    private static <V> V joined(Future<V> done) throws Unreadable {
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreadable(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Unreadable unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException("reading the catalog is broken", e);
        }
    }
}
