package network.cortensor.portal.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.catalog.References;
import network.cortensor.portal.catalog.SharedSessions;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.memory.PoolMemory.Parts;
import network.cortensor.portal.memory.PoolMemory.Pools;
import network.cortensor.portal.memory.Remembered.Read;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/**
 * Puts aliases together with their pools. That costs what all remembered targets cost, so a view is made once and used until one of its
 * parts has been read anew.
 */
final class AliasViews {
    private final ProblemReports reports;
    private final ConcurrentHashMap<String, Made> made = new ConcurrentHashMap<>();

    AliasViews(ProblemReports reports) {
        this.reports = reports;
    }

    /** @param readAts of everything that the view was made of: no part is read twice at one instant, so they tell versions apart */
    private record Made(List<Instant> readAts, AliasView view) {}

    /**
     * The present view of an alias.
     *
     * @param parts of the alias's pools, and perhaps of others
     * @param others the aliases whose models pools of these say that they serve, by the name that they say
     * @param known every target of whatever pool that may have the same session as one of these
     */
    AliasView view(
            Read<ModelAlias> alias,
            Pools parts,
            Map<String, Read<Optional<ModelAlias>>> others,
            Supplier<List<Target>> known,
            Instant now) {
        Map<String, Parts> pools = new TreeMap<>();
        alias.value().pools().forEach(name -> pools.put(name, parts.byName().get(name)));
        List<Instant> readAts = readAts(alias, pools.values(), others.values(), parts.heartbeat());
        String name = alias.value().name();
        Made last = made.get(name);
        if (last != null && last.readAts().equals(readAts)) {
            return last.view();
        }
        Set<TargetId> doubled = doubled(pools.values(), known.get());
        AliasView view = make(alias, pools, others, doubled, beat(parts), now);
        if (doubled.isEmpty()) {
            made.put(name, new Made(readAts, view));
        } else {
            // The other target may be moved or deleted, which no part of this view would show.
            made.remove(name);
        }
        return view;
    }

    /** The view that was made last, however old it is. */
    Optional<AliasView> last(String alias) {
        return Optional.ofNullable(made.get(alias)).map(Made::view);
    }

    void forget(String alias) {
        made.remove(alias);
    }

    private static List<Instant> readAts(
            Read<ModelAlias> alias,
            Collection<Parts> pools,
            Collection<Read<Optional<ModelAlias>>> others,
            Optional<Read<Optional<Instant>>> heartbeat) {
        List<Instant> all = new ArrayList<>();
        all.add(alias.readAt());
        all.add(heartbeat.map(Read::readAt).orElse(Instant.MIN));
        others.forEach(other -> all.add(other.readAt()));
        for (Parts parts : pools) {
            all.add(parts.pool().readAt());
            all.add(parts.targets().readAt());
            all.add(parts.evidence().map(Read::readAt).orElse(Instant.MIN));
        }
        return all;
    }

    /** Those of the view's targets whose session another target has as well. */
    private static Set<TargetId> doubled(Collection<Parts> pools, List<Target> known) {
        Map<TargetId, Target> all = new HashMap<>();
        known.forEach(target -> all.put(target.id(), target));
        Set<TargetId> own = new HashSet<>();
        for (Parts parts : pools) {
            for (Target target : parts.targets().value()) {
                all.put(target.id(), target);
                own.add(target.id());
            }
        }
        Set<TargetId> doubled = new HashSet<>(SharedSessions.doubled(all.values()));
        doubled.retainAll(own);
        return doubled;
    }

    private AliasView make(
            Read<ModelAlias> alias,
            Map<String, Parts> pools,
            Map<String, Read<Optional<ModelAlias>>> others,
            Set<TargetId> doubled,
            Optional<Instant> beat,
            Instant now) {
        Map<String, PoolView> views = new HashMap<>();
        Instant oldest = alias.readAt();
        for (Map.Entry<String, Parts> each : pools.entrySet()) {
            Parts parts = each.getValue();
            oldest = earlier(
                    oldest, earlier(parts.pool().readAt(), parts.targets().readAt()));
            PoolHealth health = new PoolHealth(parts.evidence().map(Read::value).orElse(Map.of()), beat);
            parts.pool()
                    .value()
                    .ifPresent(pool -> views.put(
                            each.getKey(),
                            new PoolView(pool, targets(parts.targets().value(), doubled, health, now))));
        }
        reports.report(References.dangling(alias.value(), views.keySet()));
        for (Read<Optional<ModelAlias>> other : others.values()) {
            oldest = earlier(oldest, other.readAt());
        }
        Function<String, Optional<ModelAlias>> named =
                name -> alias.value().names().contains(name)
                        ? Optional.of(alias.value())
                        : Optional.ofNullable(others.get(name)).flatMap(Read::value);
        reports.report(views.values().stream()
                .flatMap(view -> References.dangling(view.pool(), named).stream())
                .toList());
        return AliasView.of(alias.value(), views, named, oldest);
    }

    private List<TargetView> targets(List<Target> written, Set<TargetId> doubled, PoolHealth health, Instant now) {
        List<TargetView> views = new ArrayList<>();
        for (Target each : written) {
            Target target = doubled.contains(each.id()) ? paused(each) : each;
            views.add(TargetView.of(target, health, now));
        }
        return views;
    }

    private Target paused(Target doubled) {
        reports.report(List.of(SharedSessions.problem(doubled)));
        return doubled.in(State.PAUSED);
    }

    private static Optional<Instant> beat(Pools parts) {
        return parts.heartbeat().flatMap(Read::value);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
