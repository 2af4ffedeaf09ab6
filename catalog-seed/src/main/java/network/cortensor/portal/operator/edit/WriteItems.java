package network.cortensor.portal.operator.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.operator.frame.Edit;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Changes as DynamoDB is told them, each with its condition and with who did it when and why. */
final class WriteItems {
    private final TableNames tables;
    private final Map<String, AttributeValue> signature;

    WriteItems(TableNames tables, Edit edit) {
        this.tables = tables;
        this.signature = Items.attributes(ItemValue.item(Map.of(
                "updatedAt", edit.at().toString(),
                "updatedBy", edit.by(),
                "reason", edit.reason())));
    }

    TransactWriteItem of(Change change) {
        var item = TransactWriteItem.builder();
        switch (change) {
            case Change.Create create -> item.put(put(create));
            case Change.Update update -> item.update(update(update));
            case Change.Delete delete -> item.delete(delete(delete));
        }
        return item.build();
    }

    TransactWriteItem of(Guard guard) {
        CatalogTable table = guard.key().table();
        WriteCondition condition = switch (guard) {
            case Guard.Unchanged unchanged -> WriteCondition.unchanged(table, unchanged.seen(), FieldOrder.of(table));
            case Guard.Present ignored -> WriteCondition.present(table);
        };
        return TransactWriteItem.builder()
                .conditionCheck(check -> {
                    check.tableName(tables.of(table))
                            .key(Items.key(guard.key()))
                            .conditionExpression(condition.expression())
                            .expressionAttributeNames(condition.names());
                    condition.values().ifPresent(check::expressionAttributeValues);
                })
                .build();
    }

    private Put put(Change.Create create) {
        Map<String, AttributeValue> whole = new HashMap<>(create.whole());
        whole.putAll(signature);
        WriteCondition condition = WriteCondition.absent(create.key().table());
        return Put.builder()
                .tableName(tables.of(create.key().table()))
                .item(whole)
                .conditionExpression(condition.expression())
                .expressionAttributeNames(condition.names())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private Update update(Change.Update update) {
        CatalogTable table = update.key().table();
        Map<String, AttributeValue> next = new HashMap<>(signature);
        List<String> removed = new ArrayList<>();
        for (FieldChange change : update.fields()) {
            change.to()
                    .ifPresentOrElse(
                            value -> next.putAll(Items.attributes(Map.of(change.field(), value))),
                            () -> removed.add(change.field()));
        }
        List<String> shown = new ArrayList<>(FieldOrder.of(table));
        update.fields().forEach(change -> shown.add(change.field()));
        WriteCondition condition = WriteCondition.unchanged(table, update.seen(), shown);
        List<String> sets = new ArrayList<>();
        next.forEach((name, value) -> sets.add(condition.name(name) + " = " + condition.value(value)));
        String removes = removed.isEmpty()
                ? ""
                : " REMOVE "
                        + String.join(
                                ", ", removed.stream().map(condition::name).toList());
        Update.Builder builder = Update.builder()
                .tableName(tables.of(table))
                .key(Items.key(update.key()))
                .updateExpression("SET " + String.join(", ", sets) + removes)
                .conditionExpression(condition.expression())
                .expressionAttributeNames(condition.names())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        condition.values().ifPresent(builder::expressionAttributeValues);
        return builder.build();
    }

    /** All of the item goes, so all of it must be as it was. */
    private Delete delete(Change.Delete delete) {
        CatalogTable table = delete.key().table();
        List<String> shown = new ArrayList<>(FieldOrder.of(table));
        shown.addAll(delete.seen().keySet());
        shown.removeAll(table.keys());
        WriteCondition condition = WriteCondition.unchanged(table, delete.seen(), shown);
        Delete.Builder builder = Delete.builder()
                .tableName(tables.of(table))
                .key(Items.key(delete.key()))
                .conditionExpression(condition.expression())
                .expressionAttributeNames(condition.names())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        condition.values().ifPresent(builder::expressionAttributeValues);
        return builder.build();
    }
}
