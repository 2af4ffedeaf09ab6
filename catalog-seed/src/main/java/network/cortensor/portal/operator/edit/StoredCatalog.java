package network.cortensor.portal.operator.edit;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The catalog's tables as they stand: every item with every attribute, whoever wrote it. */
public record StoredCatalog(Map<ItemKey, Map<String, AttributeValue>> items) {
    public StoredCatalog {
        Map<ItemKey, Map<String, AttributeValue>> ordered = new TreeMap<>(ItemKey.ORDER);
        ordered.putAll(items);
        items = Collections.unmodifiableMap(ordered);
    }

    /**
     * Reads every item, consistently each.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if a table cannot be read
     */
    public static StoredCatalog read(DynamoDbClient client, TableNames tables) {
        Map<ItemKey, Map<String, AttributeValue>> items = new HashMap<>();
        for (Kind kind : Kind.values()) {
            client.scanPaginator(scan -> scan.tableName(kind.table(tables)).consistentRead(true))
                    .items()
                    .forEach(item -> items.put(ItemKey.of(kind, item), item));
        }
        return new StoredCatalog(items);
    }

    public Optional<Map<String, AttributeValue>> item(ItemKey key) {
        return Optional.ofNullable(items.get(key));
    }

    /** The fields of one item as plain values, empty if there is no such item. */
    public Map<String, Object> plain(ItemKey key) {
        return item(key).map(Items::plain).orElse(Map.of());
    }

    public List<ItemKey> keys(Kind kind) {
        return items.keySet().stream().filter(key -> key.kind() == kind).toList();
    }

    /** As it would stand after these changes. */
    public StoredCatalog after(List<Change> changes) {
        Map<ItemKey, Map<String, AttributeValue>> next = new HashMap<>(items);
        for (Change change : changes) {
            switch (change) {
                case Change.Create create -> next.put(create.key(), create.whole());
                case Change.Update update -> next.put(update.key(), update.whole());
                case Change.Delete delete -> next.remove(delete.key());
            }
        }
        return new StoredCatalog(next);
    }

    /** The same, understood by the rules that requests are routed by. */
    public WholeCatalog understood() {
        Map<String, Map<String, Object>> models = new TreeMap<>();
        Map<String, Map<String, Object>> pools = new TreeMap<>();
        Map<String, Map<String, Map<String, Object>>> targets = new TreeMap<>();
        items.forEach((key, item) -> {
            Map<String, Object> plain = Items.plain(item);
            switch (key.kind()) {
                case MODEL -> models.put(key.name(), plain);
                case POOL -> pools.put(key.name(), plain);
                case TARGET ->
                    targets.computeIfAbsent(key.values().getFirst(), pool -> new TreeMap<>())
                            .put(key.values().getLast(), plain);
            }
        });
        return WholeCatalog.of(new WholeCatalog.Items(models, pools, targets));
    }
}
