package network.cortensor.portal.operator.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.ExitCode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The table ApiKeys as operators use it. Writing sets the named fields and leaves the rest of an item as it is, so that two operators
 * who change different things do not undo each other.
 */
final class ApiKeysTable {
    private final DynamoDbClient client;
    private final String table;

    ApiKeysTable(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /**
     * Every item.
     *
     * @param others table keys that are neither a hash nor a plan's: nothing finds these items
     */
    record Contents(List<KeyRow> keys, List<PlanRow> plans, List<String> others) {
        Optional<PlanRow> plan(String name) {
            return plans.stream().filter(plan -> plan.name().equals(name)).findFirst();
        }
    }

    Contents read() {
        List<KeyRow> keys = new ArrayList<>();
        List<PlanRow> plans = new ArrayList<>();
        List<String> others = new ArrayList<>();
        client.scanPaginator(request -> request.tableName(table).consistentRead(true))
                .items()
                .forEach(attributes -> {
                    Map<String, Object> item = Items.plain(attributes);
                    String key = String.valueOf(item.get(KeyItems.TABLE_KEY));
                    Optional<String> plan = PlanItems.planAt(key);
                    if (plan.isPresent()) {
                        plans.add(new PlanRow(plan.get(), item));
                    } else if (KeyHash.isHash(key)) {
                        keys.add(new KeyRow(new KeyHash(key), item));
                    } else {
                        others.add(key);
                    }
                });
        return new Contents(List.copyOf(keys), List.copyOf(plans), List.copyOf(others));
    }

    Optional<Map<String, Object>> find(String key) {
        Map<String, AttributeValue> item = client.getItem(
                        request -> request.tableName(table).consistentRead(true).key(tableKey(key)))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(Items.plain(item));
    }

    /** What is written of one item. */
    sealed interface Change {
        String key();

        Map<String, Object> fields();

        /** An item that is not there yet. */
        record New(String key, Map<String, Object> fields) implements Change {}

        /** Fields of an item that is there. */
        record Fields(String key, Map<String, Object> fields) implements Change {}
    }

    /**
     * Writes all of it at once, or nothing.
     *
     * @throws CommandStopped if an item is there that should not be, or is not there that should be
     */
    void write(Edit edit, Change... changes) throws CommandStopped {
        List<TransactWriteItem> items = new ArrayList<>();
        for (Change change : changes) {
            Map<String, Object> fields = new HashMap<>(change.fields());
            fields.put("updatedAt", edit.at().toString());
            fields.put("updatedBy", edit.by());
            fields.put("reason", edit.reason());
            items.add(
                    switch (change) {
                        case Change.New item ->
                            TransactWriteItem.builder()
                                    .put(put(item.key(), fields))
                                    .build();
                        case Change.Fields item ->
                            TransactWriteItem.builder()
                                    .update(update(item.key(), fields))
                                    .build();
                    });
        }
        try {
            client.transactWriteItems(request -> request.transactItems(items));
        } catch (TransactionCanceledException e) {
            throw new CommandStopped(
                    ExitCode.CONFLICT, "somebody has made or deleted this item meanwhile, so nothing was written");
        }
    }

    private Put put(String key, Map<String, Object> fields) {
        Map<String, AttributeValue> item = new HashMap<>(Items.attributes(fields));
        item.putAll(tableKey(key));
        return Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(#key)")
                .expressionAttributeNames(Map.of("#key", KeyItems.TABLE_KEY))
                .build();
    }

    private Update update(String key, Map<String, Object> fields) {
        List<String> assignments = new ArrayList<>();
        Map<String, String> names = new HashMap<>(Map.of("#key", KeyItems.TABLE_KEY));
        Map<String, AttributeValue> values = new HashMap<>();
        Items.attributes(fields).forEach((field, value) -> {
            int n = assignments.size();
            assignments.add("#f" + n + " = :v" + n);
            names.put("#f" + n, field);
            values.put(":v" + n, value);
        });
        return Update.builder()
                .tableName(table)
                .key(tableKey(key))
                .updateExpression("SET " + String.join(", ", assignments))
                .conditionExpression("attribute_exists(#key)")
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    private static Map<String, AttributeValue> tableKey(String key) {
        return Map.of(KeyItems.TABLE_KEY, AttributeValue.fromS(key));
    }
}
