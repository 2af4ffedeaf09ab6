package network.cortensor.portal.catalog;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.model.ModelAlias;

/**
 * An alias with the pools of its routes and its fallback pools.
 *
 * @param pools by name; a pool that is named by a route and does not exist is absent
 * @param readAt when the oldest part of this was read from the tables
 */
public record AliasView(ModelAlias alias, Map<String, PoolView> pools, Instant readAt) {
    public AliasView {
        pools = Map.copyOf(pools);
    }

    public Optional<PoolView> pool(String name) {
        return Optional.ofNullable(pools.get(name));
    }
}
