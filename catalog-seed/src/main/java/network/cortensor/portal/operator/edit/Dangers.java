package network.cortensor.portal.operator.edit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.routing.Availability;

/** What changes would do to customers: models that are served before, and would not be after. */
final class Dangers {
    private Dangers() {}

    /** One line for each model that would go. Health has no say: what is ejected now may be back in a minute. */
    static List<String> of(StoredCatalog before, StoredCatalog after, Instant now) {
        WholeCatalog present = before.understood();
        WholeCatalog then = after.understood();
        List<String> dangers = new ArrayList<>();
        present.aliases().forEach((name, alias) -> {
            if (!alias.retired() && served(present, alias, now)) {
                reason(then, name, now).ifPresent(dangers::add);
            }
        });
        return dangers;
    }

    private static Optional<String> reason(WholeCatalog then, String name, Instant now) {
        ModelAlias alias = then.aliases().get(name);
        if (alias == null) {
            return Optional.of("model " + name + ": is served now, and would be gone");
        }
        if (alias.retired()) {
            return Optional.of("model " + name + ": is served now, and would be retired");
        }
        return served(then, alias, now)
                ? Optional.empty()
                : Optional.of("model " + name + ": is served now, and would have no open pool left ("
                        + pools(alias)
                                .map(pool -> pool + " " + state(then, alias, pool))
                                .collect(Collectors.joining(", "))
                        + ")");
    }

    private static String state(WholeCatalog catalog, ModelAlias alias, String pool) {
        boolean closed = alias.routes().stream().anyMatch(route -> route.pool().equals(pool) && route.weight() == 0);
        if (closed && !alias.fallbackPools().contains(pool)) {
            return "with weight 0";
        }
        return Optional.ofNullable(catalog.pools().get(pool))
                .map(known -> alias.state().worst(known.state()))
                .map(state -> state.takesRequests() ? "without an open target" : state.word())
                .orElse("does not exist");
    }

    private static boolean served(WholeCatalog catalog, ModelAlias alias, Instant now) {
        return Availability.of(view(catalog, alias, now), now) != Availability.UNAVAILABLE;
    }

    private static AliasView view(WholeCatalog catalog, ModelAlias alias, Instant now) {
        Map<String, PoolView> pools = new TreeMap<>();
        pools(alias)
                .forEach(name -> Optional.ofNullable(catalog.pools().get(name))
                        .ifPresent(pool -> pools.put(
                                name,
                                new PoolView(
                                        pool,
                                        catalog.targets().values().stream()
                                                .filter(target ->
                                                        target.id().pool().equals(name))
                                                .map(target ->
                                                        new TargetView(target, Standing.UNKNOWN, Optional.empty()))
                                                .toList()))));
        return new AliasView(alias, pools, now);
    }

    private static Stream<String> pools(ModelAlias alias) {
        return Stream.concat(alias.routes().stream().map(Route::pool), alias.fallbackPools().stream())
                .distinct();
    }
}
