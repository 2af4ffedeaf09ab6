package network.cortensor.portal.operator.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.operator.edit.Transaction;
import network.cortensor.portal.operator.frame.Edit;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
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
                    Map<String, ItemValue> item = Items.plain(attributes);
                    String key = ItemValue.text(item, KeyItems.TABLE_KEY).orElse("");
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

    /**
     * An item as it was read.
     *
     * @param attributes with their types, which conditions want back
     */
    record Stored(String key, Map<String, AttributeValue> attributes) {
        Map<String, ItemValue> plain() {
            return Items.plain(attributes);
        }
    }

    Optional<Stored> find(String key) {
        Map<String, AttributeValue> item = client.getItem(
                        request -> request.tableName(table).consistentRead(true).key(tableKey(key)))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(new Stored(key, item));
    }

    /** One item of a transaction. */
    sealed interface Change {
        String key();

        /** An item that is not there yet. */
        record New(String key, Map<String, ItemValue> fields) implements Change {}

        /** Fields of an item that is there, whatever else has become of it. */
        record Fields(String key, Map<String, ItemValue> fields) implements Change {}

        /** Fields of an item that still has these others as they were read: what is written follows from them. */
        record FieldsAsRead(Stored read, Map<String, ItemValue> fields, List<String> relied) implements Change {
            @Override
            public String key() {
                return read.key();
            }
        }

        /** Nothing is written, but the item has to be there. */
        record Present(String key) implements Change {}
    }

    /** What became of a transaction. */
    enum Outcome {
        WRITTEN,
        /** An item is not as it has to be, so nothing was written. */
        OTHERWISE
    }

    /**
     * Writes all of it at once, or nothing.
     *
     * @param changes at most {@link Transaction#MOST_AT_ONCE}
     * @throws software.amazon.awssdk.core.exception.SdkException if DynamoDB refuses or does not answer, see {@link Transaction#write}
     */
    Outcome write(Edit edit, List<Change> changes) {
        return new Transaction(client)
                        .write(changes.stream()
                                .map(change -> item(edit, change))
                                .toList())
                        .isEmpty()
                ? Outcome.WRITTEN
                : Outcome.OTHERWISE;
    }

    private TransactWriteItem item(Edit edit, Change change) {
        return switch (change) {
            case Change.New item ->
                TransactWriteItem.builder()
                        .put(put(item.key(), signed(item.fields(), edit)))
                        .build();
            case Change.Fields item ->
                TransactWriteItem.builder()
                        .update(update(item.key(), signed(item.fields(), edit), Map.of(), List.of()))
                        .build();
            case Change.FieldsAsRead item ->
                TransactWriteItem.builder()
                        .update(update(
                                item.key(),
                                signed(item.fields(), edit),
                                item.read().attributes(),
                                item.relied()))
                        .build();
            case Change.Present item ->
                TransactWriteItem.builder()
                        .conditionCheck(check -> check.tableName(table)
                                .key(tableKey(item.key()))
                                .conditionExpression("attribute_exists(#key)")
                                .expressionAttributeNames(Map.of("#key", KeyItems.TABLE_KEY)))
                        .build();
        };
    }

    /** These fields, with who writes them when and why. */
    static Map<String, ItemValue> signed(Map<String, ItemValue> fields, Edit edit) {
        Map<String, ItemValue> signed = new HashMap<>(fields);
        signed.put("updatedAt", ItemValue.of(edit.at().toString()));
        signed.put("updatedBy", ItemValue.of(edit.by()));
        signed.put("reason", ItemValue.of(edit.reason()));
        return signed;
    }

    private Put put(String key, Map<String, ItemValue> fields) {
        Map<String, AttributeValue> item = new HashMap<>(Items.attributes(fields));
        item.putAll(tableKey(key));
        return Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(#key)")
                .expressionAttributeNames(Map.of("#key", KeyItems.TABLE_KEY))
                .build();
    }

    /** @param relied names of fields that have to be as in {@code read}: the same value, or none */
    private Update update(
            String key, Map<String, ItemValue> fields, Map<String, AttributeValue> read, List<String> relied) {
        List<String> conditions = new ArrayList<>(List.of("attribute_exists(#key)"));
        List<String> assignments = new ArrayList<>();
        Map<String, String> names = new HashMap<>(Map.of("#key", KeyItems.TABLE_KEY));
        Map<String, AttributeValue> values = new HashMap<>();
        Items.attributes(fields).forEach((field, value) -> {
            int n = assignments.size();
            assignments.add("#f" + n + " = :v" + n);
            names.put("#f" + n, field);
            values.put(":v" + n, value);
        });
        for (String field : relied) {
            int n = conditions.size();
            names.put("#r" + n, field);
            AttributeValue value = read.get(field);
            if (value == null) {
                conditions.add("attribute_not_exists(#r" + n + ")");
            } else {
                values.put(":r" + n, value);
                conditions.add("#r" + n + " = :r" + n);
            }
        }
        return Update.builder()
                .tableName(table)
                .key(tableKey(key))
                .updateExpression("SET " + String.join(", ", assignments))
                .conditionExpression(String.join(" AND ", conditions))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    private static Map<String, AttributeValue> tableKey(String key) {
        return Map.of(KeyItems.TABLE_KEY, AttributeValue.fromS(key));
    }
}
