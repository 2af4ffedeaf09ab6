package network.cortensor.portal.operator.edit;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.item.ItemValue;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The catalog's tables as they stand: every item with every attribute, whoever wrote it. */
public record StoredCatalog(Map<CatalogKey, Map<String, AttributeValue>> items) {
    public StoredCatalog {
        Map<CatalogKey, Map<String, AttributeValue>> ordered = new TreeMap<>(CatalogKey.ORDER);
        ordered.putAll(items);
        items = Collections.unmodifiableMap(ordered);
    }

    /**
     * Reads every item of the catalog, consistently each.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if a table cannot be read
     */
    public static StoredCatalog read(DynamoDbClient client, TableNames tables) {
        return read(client, tables, () -> {});
    }

    /**
     * The same.
     *
     * @param each is told of each item as it comes
     */
    public static StoredCatalog read(DynamoDbClient client, TableNames tables, Runnable each) {
        Map<CatalogKey, Map<String, AttributeValue>> items = new HashMap<>();
        for (CatalogTable table : CatalogTable.CATALOG) {
            client.scanPaginator(scan -> scan.tableName(tables.of(table)).consistentRead(true))
                    .items()
                    .forEach(item -> {
                        key(table, item).ifPresent(key -> items.put(key, item));
                        each.run();
                    });
        }
        return new StoredCatalog(items);
    }

    /** The same with these items too, each read by itself. */
    public StoredCatalog with(Collection<CatalogKey> more, DynamoDbClient client, TableNames tables) {
        Map<CatalogKey, Map<String, AttributeValue>> all = new HashMap<>(items);
        for (CatalogKey key : more) {
            Map<String, AttributeValue> item = client.getItem(get -> get.tableName(tables.of(key.table()))
                            .consistentRead(true)
                            .key(Items.key(key)))
                    .item();
            if (!item.isEmpty()) {
                all.put(key, item);
            }
        }
        return new StoredCatalog(all);
    }

    /** The same with every plan: a scan of the whole table of keys. */
    public StoredCatalog withPlans(DynamoDbClient client, TableNames tables) {
        Map<CatalogKey, Map<String, AttributeValue>> all = new HashMap<>(items);
        client.scanPaginator(scan -> scan.tableName(tables.apiKeys()).consistentRead(true))
                .items()
                .forEach(item -> {
                    key(CatalogTable.PLANS, item).ifPresent(key -> all.put(key, item));
                });
        return new StoredCatalog(all);
    }

    private static Optional<CatalogKey> key(CatalogTable table, Map<String, AttributeValue> item) {
        return CatalogKey.of(table, Items.plain(item));
    }

    public Optional<Map<String, AttributeValue>> item(CatalogKey key) {
        return Optional.ofNullable(items.get(key));
    }

    /** The fields of one item as plain values, empty if there is no such item. */
    public Map<String, ItemValue> plain(CatalogKey key) {
        return item(key).map(Items::plain).orElse(Map.of());
    }

    public List<CatalogKey> keys(CatalogTable table) {
        return items.keySet().stream().filter(key -> key.table() == table).toList();
    }

    /** As it would stand after these changes. */
    public StoredCatalog after(List<Change> changes) {
        Map<CatalogKey, Map<String, AttributeValue>> next = new HashMap<>(items);
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
        Map<String, Map<String, ItemValue>> models = new TreeMap<>();
        Map<String, Map<String, ItemValue>> pools = new TreeMap<>();
        Map<String, Map<String, Map<String, ItemValue>>> targets = new TreeMap<>();
        items.forEach((key, item) -> {
            Map<String, ItemValue> plain = Items.plain(item);
            switch (key.table()) {
                case MODELS -> models.put(key.name(), plain);
                case POOLS -> pools.put(key.name(), plain);
                case PLANS -> {}
                case TARGETS ->
                    targets.computeIfAbsent(key.values().getFirst(), pool -> new TreeMap<>())
                            .put(key.values().getLast(), plain);
            }
        });
        return WholeCatalog.of(new WholeCatalog.Items(models, pools, targets));
    }
}
