package network.cortensor.portal.operator.trace;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.HistoryUnavailable;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.operator.edit.StoredCatalog;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the catalog said of one alias at a moment: each item as its last change before then left it, as the first change after then found it, or, where
 * history knows of none, as it is now. A target that was deleted since then is there only if the caller names it. Models that its pools serve are there, too.
 */
final class CatalogThen {
    private final StoredCatalog now;
    private final DynamoHistory history;
    private final Instant moment;

    CatalogThen(StoredCatalog now, DynamoHistory history, Instant moment) {
        this.now = now;
        this.history = history;
        this.moment = moment;
    }

    /**
     * The alias with its pools and their targets.
     *
     * @param named targets that surely were there
     * @throws HistoryUnavailable if history cannot be read
     */
    WholeCatalog of(String alias, Set<TargetId> named) throws HistoryUnavailable {
        Map<String, Map<String, ItemValue>> models = new TreeMap<>();
        Map<String, Map<String, ItemValue>> pools = new TreeMap<>();
        Map<String, Map<String, Map<String, ItemValue>>> targets = new TreeMap<>();
        put(models, CatalogKey.model(alias));
        WholeCatalog alone = WholeCatalog.of(new WholeCatalog.Items(models, Map.of(), Map.of()));
        Set<String> names = new TreeSet<>();
        Optional.ofNullable(alone.aliases().get(alias)).ifPresent(found -> names.addAll(found.pools()));
        named.forEach(target -> names.add(target.pool()));
        WholeCatalog today = now.understood();
        for (String pool : names) {
            put(pools, CatalogKey.pool(pool));
            for (String served : served(pools.get(pool), today)) {
                put(models, CatalogKey.model(served));
            }
            Map<String, Map<String, ItemValue>> ofPool = new TreeMap<>();
            for (String target : targets(pool, named)) {
                put(ofPool, CatalogKey.target(pool, target));
            }
            targets.put(pool, ofPool);
        }
        return WholeCatalog.of(new WholeCatalog.Items(models, pools, targets));
    }

    /** The model that a pool serves, where it says so: by its own name, or by the alias that has the name today. */
    private static Set<String> served(@Nullable Map<String, ItemValue> pool, WholeCatalog today) {
        Set<String> names = new TreeSet<>();
        if (pool != null && pool.get("servesModel") instanceof ItemValue.Text(String name) && Names.isName(name)) {
            names.add(name);
            today.alias(name).ifPresent(alias -> names.add(alias.name()));
        }
        return names;
    }

    private Set<String> targets(String pool, Set<TargetId> named) {
        Set<String> names = new TreeSet<>();
        now.keys(CatalogTable.TARGETS).stream()
                .filter(key -> key.values().getFirst().equals(pool))
                .forEach(key -> names.add(key.values().getLast()));
        named.stream().filter(id -> id.pool().equals(pool)).forEach(id -> names.add(id.name()));
        return names;
    }

    private void put(Map<String, Map<String, ItemValue>> items, CatalogKey key) throws HistoryUnavailable {
        item(key).ifPresent(item -> items.put(key.values().getLast(), new HashMap<>(Items.plain(item))));
    }

    private Optional<Map<String, AttributeValue>> item(CatalogKey key) throws HistoryUnavailable {
        Optional<HistoryEntry> after = Optional.empty();
        for (HistoryEntry entry : history.latest(key, Integer.MAX_VALUE, ignored -> {})) {
            if (!entry.edit().at().isAfter(moment)) {
                return entry.images().after();
            }
            after = Optional.of(entry);
        }
        return after.isPresent() ? after.get().images().before() : now.item(key);
    }
}
