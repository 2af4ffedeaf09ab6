package network.cortensor.portal.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
import network.cortensor.portal.time.SideBySide.Pending;

/**
 * Reads the catalog from its source: an alias and its pools by key, targets and health by one query per pool. So a request costs what its
 * pools cost, not what the fleet costs, and mostly nothing, because everything is remembered for 5 s. It costs two round trips (the alias, then all of its
 * pools; where a pool serves another model, a third one reads that model's alias), and one if the alias was asked for before: what it led to then is read
 * beside it, and counts only if it still leads there.
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
    private final SideBySide beside;
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
        this.beside = beside;
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
        try (PoolMemory.Reading reading = pools.begin(expectedPools(name));
                AliasesAhead others = othersAhead(name)) {
            Read<Optional<ModelAlias>> read = called(name);
            others.await();
            if (read.value().isEmpty()) {
                found.forget(name);
                return byOtherName(name, reading);
            }
            Read<ModelAlias> known = new Read<>(read.value().get(), read.readAt());
            return Optional.of(view(found, known, reading));
        } catch (Unreadable e) {
            throw new CatalogUnavailable(e);
        }
    }

    @Override
    public void readAlias(String name) {
        if (!Names.isName(name)) {
            return;
        }
        try {
            called(name);
        } catch (Unreadable e) {
            // Whoever needs it will find out.
            return;
        }
    }

    @Override
    public Optional<AliasView> lastKnown(String name) {
        return found.last(name)
                .or(() -> all.last(ONLY)
                        .flatMap(aliases -> References.named(name, aliases))
                        .flatMap(alias -> listed.last(alias.name())));
    }

    /** The pools that the name most likely leads to. */
    private Set<String> expectedPools(String name) {
        Optional<Read<Optional<ModelAlias>>> fresh = aliases.fresh(name);
        Optional<ModelAlias> alias = fresh.isPresent() && fresh.get().value().isPresent()
                ? fresh.get().value()
                : lastKnown(name).map(AliasView::alias);
        return alias.map(known -> Set.copyOf(known.pools())).orElse(Set.of());
    }

    /**
     * The other aliases that the name most likely leads to, which are read beside its own: those whose models its pools served last time, and the list of all of them
     * if the name was no alias's own.
     */
    private AliasesAhead othersAhead(String name) {
        List<Pending<?, Unreadable>> begun = new ArrayList<>();
        if (aliases.last(name).filter(Optional::isEmpty).isPresent()
                && aliases.fresh(name).isEmpty()
                && all.fresh(ONLY).isEmpty()) {
            begun.add(beside.begin(this::list));
        }
        lastKnown(name).stream()
                .flatMap(view -> view.otherModels().values().stream())
                .map(ModelAlias::name)
                .distinct()
                .filter(other -> !other.equals(name) && aliases.fresh(other).isEmpty())
                .forEach(other -> begun.add(beside.begin(() -> called(other))));
        return new AliasesAhead(begun);
    }

    private record AliasesAhead(List<Pending<?, Unreadable>> begun) implements AutoCloseable {
        /** Waits until they are remembered, or cannot be read. */
        void await() {
            begun.forEach(SideBySide::end);
        }

        @Override
        public void close() {
            await();
        }
    }

    private Read<List<ModelAlias>> list() throws Unreadable {
        return all.get(ONLY, source::aliases);
    }

    /** The alias whose own name it is. */
    private Read<Optional<ModelAlias>> called(String name) throws Unreadable {
        return aliases.get(name, () -> source.alias(name));
    }

    /** Whatever is asked for by such a name costs the list of all aliases, once in 5 s. */
    private Optional<AliasView> byOtherName(String name, PoolMemory.Reading reading) throws Unreadable {
        Read<Optional<ModelAlias>> read = named(name, list());
        return read.value().isEmpty()
                ? Optional.empty()
                : Optional.of(view(listed, new Read<>(read.value().get(), read.readAt()), reading));
    }

    private static Read<Optional<ModelAlias>> named(String name, Read<List<ModelAlias>> all) {
        return new Read<>(References.named(name, all.value()), all.readAt());
    }

    private Read<Optional<ModelAlias>> meant(String name) throws Unreadable {
        Read<Optional<ModelAlias>> called = called(name);
        return called.value().isPresent() ? called : named(name, list());
    }

    private AliasView view(AliasViews views, Read<ModelAlias> alias, PoolMemory.Reading reading) throws Unreadable {
        Pools parts = reading.of(Set.copyOf(alias.value().pools()));
        return views.view(
                alias, parts, otherModels(alias.value(), parts, this::meant), pools::knownTargets, clock.instant());
    }

    /** From a name to the alias that is meant by it. */
    private interface Lookup {
        Read<Optional<ModelAlias>> find(String name) throws Unreadable;
    }

    /** The aliases whose models the pools of this one say that they serve, by the name that they say. */
    private static Map<String, Read<Optional<ModelAlias>>> otherModels(ModelAlias alias, Pools parts, Lookup lookup)
            throws Unreadable {
        Map<String, Read<Optional<ModelAlias>>> others = new TreeMap<>();
        for (String name : alias.pools()) {
            Optional<String> model = Optional.ofNullable(parts.byName().get(name))
                    .flatMap(pool -> pool.pool().value())
                    .flatMap(pool -> pool.otherModelThan(alias));
            if (model.isPresent() && !others.containsKey(model.get())) {
                others.put(model.get(), lookup.find(model.get()));
            }
        }
        return others;
    }

    @Override
    public List<String> names(ModelAlias alias) throws CatalogUnavailable {
        if (alias.aka().isEmpty()) {
            return alias.names();
        }
        try {
            return References.names(alias, list().value());
        } catch (Unreadable e) {
            throw new CatalogUnavailable(e);
        }
    }

    @Override
    public List<AliasView> all() throws CatalogUnavailable {
        try {
            Read<List<ModelAlias>> read = list();
            Pools parts = pools.pools(read.value().stream()
                    .flatMap(alias -> alias.pools().stream())
                    .collect(Collectors.toSet()));
            Instant now = clock.instant();
            List<AliasView> views = new ArrayList<>();
            for (ModelAlias alias : read.value()) {
                views.add(listed.view(
                        new Read<>(alias, read.readAt()),
                        parts,
                        otherModels(alias, parts, name -> named(name, read)),
                        pools::knownTargets,
                        now));
            }
            return List.copyOf(views);
        } catch (Unreadable e) {
            throw new CatalogUnavailable(e);
        }
    }
}
