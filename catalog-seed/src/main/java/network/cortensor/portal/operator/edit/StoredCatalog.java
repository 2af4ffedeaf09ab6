package network.cortensor.portal.operator.edit;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.keys.items.PlanItems;
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
        Map<ItemKey, Map<String, AttributeValue>> items = new HashMap<>();
        for (Kind kind : Kind.CATALOG) {
            client.scanPaginator(scan -> scan.tableName(kind.table(tables)).consistentRead(true))
                    .items()
                    .forEach(item -> {
                        items.put(ItemKey.of(kind, item), item);
                        each.run();
                    });
        }
        return new StoredCatalog(items);
    }

    /** The same with these items too, each read by itself. */
    public StoredCatalog with(Collection<ItemKey> more, DynamoDbClient client, TableNames tables) {
        Map<ItemKey, Map<String, AttributeValue>> all = new HashMap<>(items);
        for (ItemKey key : more) {
            Map<String, AttributeValue> item = client.getItem(
                            get -> get.tableName(key.kind().table(tables))
                                    .consistentRead(true)
                                    .key(key.attributes()))
                    .item();
            if (!item.isEmpty()) {
                all.put(key, item);
            }
        }
        return new StoredCatalog(all);
    }

    /** The same with every plan: a scan of the whole table of keys. */
    public StoredCatalog withPlans(DynamoDbClient client, TableNames tables) {
        Map<ItemKey, Map<String, AttributeValue>> all = new HashMap<>(items);
        client.scanPaginator(scan -> scan.tableName(tables.apiKeys()).consistentRead(true))
                .items()
                .forEach(item -> {
                    if (PlanItems.planAt(ItemValue.text(Items.plain(item), KeyItems.TABLE_KEY)
                                    .orElse(""))
                            .isPresent()) {
                        all.put(ItemKey.of(Kind.PLAN, item), item);
                    }
                });
        return new StoredCatalog(all);
    }

    public Optional<Map<String, AttributeValue>> item(ItemKey key) {
        return Optional.ofNullable(items.get(key));
    }

    /** The fields of one item as plain values, empty if there is no such item. */
    public Map<String, ItemValue> plain(ItemKey key) {
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
        Map<String, Map<String, ItemValue>> models = new TreeMap<>();
        Map<String, Map<String, ItemValue>> pools = new TreeMap<>();
        Map<String, Map<String, Map<String, ItemValue>>> targets = new TreeMap<>();
        items.forEach((key, item) -> {
            Map<String, ItemValue> plain = Items.plain(item);
            switch (key.kind()) {
                case MODEL -> models.put(key.name(), plain);
                case POOL -> pools.put(key.name(), plain);
                case PLAN -> {}
                case TARGET ->
                    targets.computeIfAbsent(key.values().getFirst(), pool -> new TreeMap<>())
                            .put(key.values().getLast(), plain);
            }
        });
        return WholeCatalog.of(new WholeCatalog.Items(models, pools, targets));
    }
}
