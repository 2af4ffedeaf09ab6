package network.cortensor.portal.operator.status;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.dynamo.slots.SlotProblems;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.operator.edit.StoredCatalog;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.slots.SlotsUnavailable;

/**
 * The catalog, what is known of each target, and which slots are taken, as of one moment.
 *
 * @param health by pool
 * @param taken leases that others must respect, by session
 */
public record FleetView(
        WholeCatalog catalog, Map<String, PoolHealth> health, Map<Session, List<Lease>> taken, Instant now) {

    /** What is wrong with items: of the catalog, and of slots that keep sessions closed. */
    public List<Problem> problems() {
        Stream<Problem> slots = taken.values().stream()
                .flatMap(List::stream)
                .flatMap(lease -> SlotProblems.of(lease, now).stream())
                .sorted(Comparator.comparing(Problem::item));
        return Stream.concat(catalog.problems().stream(), slots).toList();
    }

    /**
     * Reads it all: every item of the catalog, a query per pool and one per router.
     *
     * @throws CommandStopped if a table cannot be read
     */
    public static FleetView read(Access access, InstantSource clock) throws CommandStopped {
        WholeCatalog catalog =
                StoredCatalog.read(access.dynamo(), access.tables()).understood();
        try {
            return new FleetView(
                    catalog, health(access, catalog), taken(access, catalog, clock.instant()), clock.instant());
        } catch (HealthUnavailable | SlotsUnavailable e) {
            throw new CommandStopped(ExitCode.AWS, "AWS: " + e.getMessage());
        }
    }

    /** A catalog of whose targets nothing is known, and no slot. */
    public static FleetView withoutEvidence(WholeCatalog catalog, Instant now) {
        return new FleetView(catalog, Map.of(), Map.of(), now);
    }

    private static Map<String, PoolHealth> health(Access access, WholeCatalog catalog)
            throws CommandStopped, HealthUnavailable {
        DynamoHealth store = new DynamoHealth(access.dynamo(), access.tables(), new SecureRandom());
        Optional<Instant> heartbeat = store.heartbeat();
        Map<String, PoolHealth> health = new TreeMap<>();
        for (String pool : catalog.pools().keySet()) {
            health.put(pool, new PoolHealth(store.pool(pool), heartbeat));
        }
        return health;
    }

    private static Map<Session, List<Lease>> taken(Access access, WholeCatalog catalog, Instant now)
            throws CommandStopped, SlotsUnavailable {
        DynamoSlotTable table =
                new DynamoSlotTable(access.dynamo(), access.tables().sessionSlots());
        Set<String> routers = catalog.targets().values().stream()
                .map(target -> target.session().router())
                .collect(Collectors.toSet());
        Map<Session, List<Lease>> taken = new HashMap<>();
        for (String router : routers) {
            table.rows(router).stream()
                    .filter(lease -> lease.expiresAt().plus(Slots.CLOCK_SKEW).isAfter(now))
                    .collect(Collectors.groupingBy(Lease::session))
                    .forEach(taken::put);
        }
        return taken;
    }

    /**
     * The alias that customers mean by a name.
     *
     * @throws CommandStopped if there is none
     */
    public ModelAlias model(String name) throws CommandStopped {
        return catalog.alias(name)
                .orElseThrow(() -> new CommandStopped(
                        ExitCode.USAGE,
                        "model " + name + ": does not exist (expected: one of "
                                + String.join(", ", catalog.aliases().keySet()) + ")"));
    }

    /** When the prober last finished a tick. */
    public Optional<Instant> heartbeat() {
        return health.values().stream().findFirst().map(PoolHealth::heartbeat).orElse(Optional.empty());
    }

    /** Whether the prober is dead, so that health counts as unknown. */
    public boolean healthIsStale() {
        return new PoolHealth(Map.of(), heartbeat()).stale(now);
    }

    /** An alias as requests see it. */
    public AliasView view(ModelAlias alias) {
        Map<String, PoolView> pools = new HashMap<>();
        alias.pools().stream().forEach(name -> pool(name).ifPresent(pool -> pools.put(name, pool)));
        return AliasView.of(alias, pools, catalog::alias, now);
    }

    /** A pool as requests see it. */
    public Optional<PoolView> pool(String name) {
        PoolHealth known = health.getOrDefault(name, PoolHealth.UNKNOWN);
        return Optional.ofNullable(catalog.pools().get(name))
                .map(pool -> new PoolView(
                        pool,
                        targets(name)
                                .map(target -> TargetView.of(target, known, now))
                                .toList()));
    }

    public Stream<Target> targets(String pool) {
        return catalog.targets().values().stream()
                .filter(target -> target.id().pool().equals(pool));
    }

    public TargetHealth health(Target target) {
        return health.getOrDefault(target.id().pool(), PoolHealth.UNKNOWN)
                .of(target)
                .believable(now);
    }

    public List<Lease> taken(Target target) {
        return taken.getOrDefault(target.session(), List.of());
    }
}
