package network.cortensor.portal.dynamo.keys;

import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.Parsed;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.memory.KeySource;
import network.cortensor.portal.memory.Unreadable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Keys and their plans in the table ApiKeys. Reads are consistent, so that a revocation that DynamoDB has confirmed is seen by every read that begins later.
 * Eventually consistent reads would cost half, and promise nothing about when.
 */
public final class DynamoKeys implements KeySource {
    private final DynamoDbClient client;
    private final String table;
    private final ProblemReports reports;

    public DynamoKeys(DynamoDbClient client, TableNames tables, ProblemReports reports) {
        this.client = client;
        this.table = tables.apiKeys();
        this.reports = reports;
    }

    @Override
    public Row<IssuedKey> key(KeyHash hash) throws Unreadable {
        return read(hash.hex()).map(item -> row(KeyItems.parse(hash, item))).orElse(new Row.Absent<>());
    }

    @Override
    public Row<Plan> plan(String name) throws Unreadable {
        return read(PlanItems.tableKey(name))
                .map(item -> row(PlanItems.parse(name, item)))
                .orElse(new Row.Absent<>());
    }

    private <T> Row<T> row(Parsed<Optional<T>> parsed) {
        reports.report(parsed.problems());
        return parsed.value().<Row<T>>map(Row.Good::new).orElse(new Row.Broken<>());
    }

    private Optional<Map<String, ItemValue>> read(String key) throws Unreadable {
        try {
            Map<String, AttributeValue> item = client.getItem(request -> request.tableName(table)
                            .consistentRead(true)
                            .key(Map.of(KeyItems.TABLE_KEY, AttributeValue.fromS(key))))
                    .item();
            return item.isEmpty() ? Optional.empty() : Optional.of(Items.plain(item));
        } catch (SdkException e) {
            throw new Unreadable(e);
        }
    }
}
