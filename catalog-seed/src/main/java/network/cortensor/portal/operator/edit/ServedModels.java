package network.cortensor.portal.operator.edit;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.routing.Availability;

/** Which models a catalog serves at a moment. Health has no say: what is ejected now may be back in a minute. */
record ServedModels(WholeCatalog catalog, Instant now) {
    Collection<ModelAlias> aliases() {
        return catalog.aliases().values();
    }

    /** @param name any that customers may send */
    Optional<ModelAlias> alias(String name) {
        return catalog.alias(name);
    }

    /** Whether requests for it can be served, by any of its pools. */
    boolean serves(ModelAlias alias) {
        return !alias.retired() && Availability.of(view(alias), now) != Availability.UNAVAILABLE;
    }

    AliasView view(ModelAlias alias) {
        Map<String, PoolView> pools = new TreeMap<>();
        alias.pools().stream()
                .forEach(name -> Optional.ofNullable(catalog.pools().get(name))
                        .ifPresent(pool -> pools.put(name, view(pool, targets(name)))));
        return AliasView.of(alias, pools, catalog::alias, now);
    }

    /** A target that would serve a model if it were the only one. */
    record Witness(ModelAlias alias, Target target) {}

    /** One of them, if the model is served. */
    Optional<Witness> witness(ModelAlias alias) {
        return alias.pools().stream()
                .flatMap(name -> Stream.ofNullable(catalog.pools().get(name)))
                .flatMap(pool -> targets(pool.name()).stream()
                        .filter(target -> Availability.of(
                                        new AliasView(alias, Map.of(pool.name(), view(pool, List.of(target))), now),
                                        now)
                                != Availability.UNAVAILABLE))
                .findFirst()
                .map(target -> new Witness(alias, target));
    }

    private List<Target> targets(String pool) {
        return catalog.targets().values().stream()
                .filter(target -> target.id().pool().equals(pool))
                .toList();
    }

    private static PoolView view(Pool pool, List<Target> targets) {
        return new PoolView(
                pool,
                targets.stream()
                        .map(target -> new TargetView(target, Standing.UNKNOWN, Optional.empty()))
                        .toList());
    }
}
