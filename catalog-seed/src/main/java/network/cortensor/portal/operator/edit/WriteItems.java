package network.cortensor.portal.operator.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Kind kind = guard.key().kind();
        WriteCondition condition = switch (guard) {
            case Guard.Unchanged unchanged -> WriteCondition.unchanged(kind, unchanged.seen(), kind.fields());
            case Guard.Present ignored -> WriteCondition.present(kind);
        };
        return TransactWriteItem.builder()
                .conditionCheck(check -> {
                    check.tableName(kind.table(tables))
                            .key(guard.key().attributes())
                            .conditionExpression(condition.expression())
                            .expressionAttributeNames(condition.names());
                    condition.values().ifPresent(check::expressionAttributeValues);
                })
                .build();
    }

    private Put put(Change.Create create) {
        Map<String, AttributeValue> whole = new HashMap<>(create.whole());
        whole.putAll(signature);
        WriteCondition condition = WriteCondition.absent(create.key().kind());
        return Put.builder()
                .tableName(create.key().kind().table(tables))
                .item(whole)
                .conditionExpression(condition.expression())
                .expressionAttributeNames(condition.names())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private Update update(Change.Update update) {
        Kind kind = update.key().kind();
        Map<String, AttributeValue> next = new HashMap<>(signature);
        List<String> removed = new ArrayList<>();
        for (FieldChange change : update.fields()) {
            change.to()
                    .ifPresentOrElse(
                            value -> next.putAll(Items.attributes(Map.of(change.field(), value))),
                            () -> removed.add(change.field()));
        }
        List<String> shown = new ArrayList<>(kind.fields());
        update.fields().forEach(change -> shown.add(change.field()));
        WriteCondition condition = WriteCondition.unchanged(kind, update.seen(), shown);
        List<String> sets = new ArrayList<>();
        next.forEach((name, value) -> sets.add(condition.name(name) + " = " + condition.value(value)));
        String removes = removed.isEmpty()
                ? ""
                : " REMOVE "
                        + String.join(
                                ", ", removed.stream().map(condition::name).toList());
        Update.Builder builder = Update.builder()
                .tableName(kind.table(tables))
                .key(update.key().attributes())
                .updateExpression("SET " + String.join(", ", sets) + removes)
                .conditionExpression(condition.expression())
                .expressionAttributeNames(condition.names())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        condition.values().ifPresent(builder::expressionAttributeValues);
        return builder.build();
    }

    /** All of the item goes, so all of it must be as it was. */
    private Delete delete(Change.Delete delete) {
        Kind kind = delete.key().kind();
        List<String> shown = new ArrayList<>(kind.fields());
        shown.addAll(delete.seen().keySet());
        shown.removeAll(kind.key());
        WriteCondition condition = WriteCondition.unchanged(kind, delete.seen(), shown);
        Delete.Builder builder = Delete.builder()
                .tableName(kind.table(tables))
                .key(delete.key().attributes())
                .conditionExpression(condition.expression())
                .expressionAttributeNames(condition.names())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        condition.values().ifPresent(builder::expressionAttributeValues);
        return builder.build();
    }
}
