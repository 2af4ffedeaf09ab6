package network.cortensor.portal.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.catalog.References;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.memory.PoolMemory.Pools;
import network.cortensor.portal.memory.Remembered.Read;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.time.SideBySide;

/**
 * Reads the catalog from its source: an alias and its pools by key, targets and health by one query per pool. So a request costs what its
 * pools cost, not what the fleet costs, in two round trips (the alias, then all of its pools), and mostly nothing, because everything is
 * remembered for 5 s.
 *
 * <p>A name that is no alias's own is looked for among the further names of all of them, whose list is remembered as long.
 *
 * <p>Health that cannot be read counts as unknown: intent is enough to route by.
 *
 * <p>Two targets with the same session are found where both are remembered: in the pools of one alias, in those of other aliases that were
 * asked for within the last 5 s, and after {@link #all} in every pool that an alias leads to. The rest is for the operators' tool and
 * the history to find, which look at whole tables; until then slots keep them apart.
 */
public final class RememberedCatalog implements Catalog {
    private static final String ONLY = "";

    private final CatalogSource source;
    private final InstantSource clock;
    private final Remembered<Optional<ModelAlias>> aliases;
    private final Remembered<List<ModelAlias>> all;
    private final PoolMemory pools;
    private final AliasViews found;
    private final AliasViews listed;

    public RememberedCatalog(CatalogSource source, HealthStore health, ProblemReports reports, InstantSource clock) {
        this(source, health, reports, clock, SideBySide.VIRTUAL_THREADS);
    }

    /** @param beside runs the reads of one request */
    public RememberedCatalog(
            CatalogSource source, HealthStore health, ProblemReports reports, InstantSource clock, SideBySide beside) {
        this.source = source;
        this.clock = clock;
        Outage outage = new Outage();
        this.aliases = new Remembered<>(clock, Optional::isEmpty, outage, KeepTimes.CATALOG);
        this.all = new Remembered<>(clock, List::isEmpty, outage, KeepTimes.CATALOG);
        this.pools = new PoolMemory(source, health, clock, beside, outage);
        this.found = new AliasViews(reports);
        this.listed = new AliasViews(reports);
    }

    @Override
    public Optional<AliasView> find(String name) throws CatalogUnavailable {
        if (!Names.isName(name)) {
            return Optional.empty();
        }
        try {
            Read<Optional<ModelAlias>> read = aliases.get(name, () -> source.alias(name));
            if (read.value().isEmpty()) {
                found.forget(name);
                return byOtherName(name);
            }
            Read<ModelAlias> known = new Read<>(read.value().get(), read.readAt());
            Pools parts = pools.pools(Set.copyOf(known.value().pools()));
            return Optional.of(found.view(known, parts, pools::knownTargets, clock.instant()));
        } catch (Unreadable e) {
            throw new CatalogUnavailable(e);
        }
    }

    /** Whatever is asked for by such a name costs the list of all aliases, once in 5 s. */
    private Optional<AliasView> byOtherName(String name) throws Unreadable {
        Read<List<ModelAlias>> read = all.get(ONLY, source::aliases);
        Optional<ModelAlias> alias = References.named(name, read.value());
        if (alias.isEmpty()) {
            return Optional.empty();
        }
        Pools parts = pools.pools(Set.copyOf(alias.get().pools()));
        return Optional.of(
                listed.view(new Read<>(alias.get(), read.readAt()), parts, pools::knownTargets, clock.instant()));
    }

    @Override
    public List<AliasView> all() throws CatalogUnavailable {
        try {
            Read<List<ModelAlias>> read = all.get(ONLY, source::aliases);
            Pools parts = pools.pools(read.value().stream()
                    .flatMap(alias -> alias.pools().stream())
                    .collect(Collectors.toSet()));
            Instant now = clock.instant();
            return read.value().stream()
                    .map(alias -> listed.view(new Read<>(alias, read.readAt()), parts, pools::knownTargets, now))
                    .toList();
        } catch (Unreadable e) {
            throw new CatalogUnavailable(e);
        }
    }
}
