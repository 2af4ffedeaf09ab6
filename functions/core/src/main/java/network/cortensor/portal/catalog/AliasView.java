package network.cortensor.portal.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;

/**
 * An alias with the pools of its routes and its fallback pools.
 *
 * @param pools by name; a pool that is named by a route and does not exist is absent
 * @param otherModels by the name of each pool that serves another model than the alias's: whose it is; absent if no alias has that name
 * @param readAt when the oldest part of this was read from the tables
 */
public record AliasView(
        ModelAlias alias, Map<String, PoolView> pools, Map<String, ModelAlias> otherModels, Instant readAt) {
    public AliasView {
        pools = Map.copyOf(pools);
        otherModels = Map.copyOf(otherModels);
    }

    /** One whose pools all serve the alias's own model. */
    public AliasView(ModelAlias alias, Map<String, PoolView> pools, Instant readAt) {
        this(alias, pools, Map.of(), readAt);
    }

    /** @param named the alias that customers mean by a name, if there is one */
    public static AliasView of(
            ModelAlias alias,
            Map<String, PoolView> pools,
            Function<String, Optional<ModelAlias>> named,
            Instant readAt) {
        return new AliasView(alias, pools, otherModels(alias, pools.values(), named), readAt);
    }

    private static Map<String, ModelAlias> otherModels(
            ModelAlias alias, Collection<PoolView> pools, Function<String, Optional<ModelAlias>> named) {
        Map<String, ModelAlias> others = new TreeMap<>();
        for (PoolView pool : pools) {
            pool.pool()
                    .otherModelThan(alias)
                    .flatMap(named)
                    .ifPresent(other -> others.put(pool.pool().name(), other));
        }
        return others;
    }

    public Optional<PoolView> pool(String name) {
        return Optional.ofNullable(pools.get(name));
    }

    /** The model that a pool of this alias serves to its customers. */
    public ServedModel served(Pool pool) {
        return new ServedModel(otherModels.getOrDefault(pool.name(), alias), pool.otherModelThan(alias));
    }
}
