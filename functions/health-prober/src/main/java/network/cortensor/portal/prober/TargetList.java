package network.cortensor.portal.prober;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;

/**
 * Every pool with its targets, in the order of their names. A target whose pool does not exist is in none.
 *
 * @param readAt when the catalog was read
 */
record TargetList(Map<Pool, List<Subject>> pools, Instant readAt) {

    static TargetList of(WholeCatalog catalog, Instant readAt) {
        Map<String, PromptFormat> formats = formats(catalog);
        Map<String, List<Target>> targets = new HashMap<>();
        catalog.targets()
                .forEach((id, target) -> targets.computeIfAbsent(id.pool(), pool -> new ArrayList<>())
                        .add(target));
        Map<Pool, List<Subject>> pools = new LinkedHashMap<>();
        catalog.pools().forEach((name, pool) -> {
            PromptFormat format = formats.getOrDefault(name, PromptFormat.PLAIN);
            pools.put(
                    pool,
                    targets.getOrDefault(name, List.of()).stream()
                            .map(target -> new Subject(pool, target, format))
                            .toList());
        });
        return new TargetList(pools, readAt);
    }

    /** By pool: of the model that the pool says that it serves; otherwise of any alias that leads to the pool, because those are of one model family. */
    private static Map<String, PromptFormat> formats(WholeCatalog catalog) {
        Map<String, PromptFormat> formats = new HashMap<>();
        catalog.pools()
                .forEach((name, pool) -> pool.servesModel()
                        .flatMap(catalog::alias)
                        .ifPresent(alias -> formats.put(name, alias.promptFormat())));
        catalog.aliases()
                .values()
                .forEach(alias -> alias.pools().forEach(pool -> formats.putIfAbsent(pool, alias.promptFormat())));
        return formats;
    }

    /** Of one of its pools. */
    TargetList only(Pool pool) {
        return new TargetList(Map.of(pool, pools.getOrDefault(pool, List.of())), readAt);
    }

    Stream<Subject> all() {
        return pools.values().stream().flatMap(List::stream);
    }

    /** Those that are looked at: all but the paused. */
    List<Subject> watched() {
        return all().filter(subject -> subject.state() != State.PAUSED).toList();
    }
}
