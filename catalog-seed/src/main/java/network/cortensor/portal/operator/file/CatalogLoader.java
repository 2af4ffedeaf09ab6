package network.cortensor.portal.operator.file;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Writes a whole catalog into the tables, over what is there; what only the tables have stays. */
public final class CatalogLoader {
    private final DynamoDbClient client;
    private final TableNames tables;

    public CatalogLoader(DynamoDbClient client, TableNames tables) {
        this.client = client;
        this.tables = tables;
    }

    /**
     * Why items are written.
     *
     * @param by who does it
     */
    public record Edit(Instant at, String by, String reason) {}

    /** Pools and targets first, so that no model ever points to what is not there yet. Returns how many items were written. */
    public int load(CatalogFile file, Edit edit) {
        WholeCatalog.Items items = file.items();
        items.pools().forEach((pool, item) -> put(tables.pools(), Map.of("pool", pool), item, edit));
        items.targets()
                .forEach((pool, targets) -> targets.forEach(
                        (target, item) -> put(tables.targets(), Map.of("pool", pool, "target", target), item, edit)));
        items.models().forEach((alias, item) -> put(tables.models(), Map.of("alias", alias), item, edit));
        return items.pools().size()
                + items.models().size()
                + items.targets().values().stream().mapToInt(Map::size).sum();
    }

    private void put(String table, Map<String, String> key, Map<String, Object> item, Edit edit) {
        Map<String, Object> whole = new HashMap<>(item);
        whole.putAll(key);
        whole.put("updatedAt", edit.at().toString());
        whole.put("updatedBy", edit.by());
        whole.put("reason", edit.reason());
        client.putItem(request -> request.tableName(table).item(Items.attributes(whole)));
    }
}
