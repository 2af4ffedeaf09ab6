package network.cortensor.portal.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.memory.Remembered.Read;
import network.cortensor.portal.memory.Remembered.Reader;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.time.SideBySide.Pending;

/** What is remembered of pools. All that has to be read for one request is read at the same time, and joined before it goes on. */
final class PoolMemory {
    private static final String ONLY = "";

    /** Requests are routed without evidence, too: a table of health that hangs costs one of them its time-out in so long, and not every one. */
    private static final Duration HEALTH_HOLD_OFF = Duration.ofSeconds(5);

    private final CatalogSource source;
    private final HealthStore health;
    private final SideBySide beside;
    private final Remembered<Optional<Pool>> pools;
    private final Remembered<List<Target>> targets;
    private final Remembered<Map<String, TargetHealth>> evidence;
    private final Remembered<Optional<Instant>> heartbeat;

    PoolMemory(CatalogSource source, HealthStore health, InstantSource clock, SideBySide beside, Outage catalogOutage) {
        Outage healthOutage = new Outage(HEALTH_HOLD_OFF, Outage.Unremembered.REFUSED);
        this.source = source;
        this.health = health;
        this.beside = beside;
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
        try (Reading reading = begin(names)) {
            return reading.of(names);
        }
    }

    /** Begins to read what is not fresh of these pools. */
    Reading begin(Set<String> names) {
        return new Reading(names);
    }

    /** Reads of pools that were begun at once. Used by one thread. */
    final class Reading implements AutoCloseable {
        private Optional<Pending<Read<Optional<Instant>>, Unreadable>> beat = Optional.empty();
        private final Map<String, PendingParts> pending = new HashMap<>();

        private Reading(Set<String> names) {
            names.forEach(this::begin);
        }

        private Pending<Read<Optional<Instant>>, Unreadable> beat() {
            Pending<Read<Optional<Instant>>, Unreadable> begun =
                    beat.orElseGet(() -> start(heartbeat, ONLY, PoolMemory.this::heartbeat));
            beat = Optional.of(begun);
            return begun;
        }

        private PendingParts begin(String name) {
            beat();
            return pending.computeIfAbsent(
                    name,
                    absent -> new PendingParts(
                            start(pools, name, () -> source.pool(name)),
                            start(targets, name, () -> source.targets(name)),
                            start(evidence, name, () -> evidence(name))));
        }

        /** The parts of each of these pools, whichever the reading was begun with; also of pools that do not exist. */
        Pools of(Set<String> names) throws Unreadable {
            names.forEach(this::begin);
            Map<String, Parts> parts = new HashMap<>();
            for (String name : names) {
                parts.put(name, begin(name).parts());
            }
            return new Pools(parts, ifReadable(beat()));
        }

        /** Waits for the reads that no caller has waited for. */
        @Override
        public void close() {
            beat.ifPresent(SideBySide::end);
            pending.values().forEach(PendingParts::end);
        }
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

    private <V> Pending<Read<V>, Unreadable> start(Remembered<V> memory, String key, Reader<V> reader) {
        Optional<Read<V>> fresh = memory.fresh(key);
        return fresh.isPresent() ? fresh::get : beside.begin(() -> memory.get(key, reader));
    }

    private record PendingParts(
            Pending<Read<Optional<Pool>>, Unreadable> pool,
            Pending<Read<List<Target>>, Unreadable> targets,
            Pending<Read<Map<String, TargetHealth>>, Unreadable> evidence) {
        Parts parts() throws Unreadable {
            return new Parts(pool.await(), targets.await(), ifReadable(evidence));
        }

        void end() {
            SideBySide.end(pool);
            SideBySide.end(targets);
            SideBySide.end(evidence);
        }
    }

    private static <V> Optional<V> ifReadable(Pending<V, Unreadable> pending) {
        try {
            return Optional.of(pending.await());
        } catch (Unreadable e) {
            return Optional.empty();
        }
    }
}
