package network.cortensor.portal.operator.edit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.CatalogTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The expression by which a write is refused if its item is not as it was read, and the names and values that it and the write speak of. */
final class WriteCondition {
    private final List<String> terms = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    private WriteCondition() {}

    static WriteCondition absent(CatalogTable table) {
        WriteCondition condition = new WriteCondition();
        condition.terms.add(
                "attribute_not_exists(" + condition.name(table.keys().getFirst()) + ")");
        return condition;
    }

    static WriteCondition present(CatalogTable table) {
        WriteCondition condition = new WriteCondition();
        condition.terms.add("attribute_exists(" + condition.name(table.keys().getFirst()) + ")");
        return condition;
    }

    /** All of {@code fields} are as in {@code seen}: the same value, or none. */
    static WriteCondition unchanged(CatalogTable table, Map<String, AttributeValue> seen, Collection<String> fields) {
        WriteCondition condition = present(table);
        for (String field : new LinkedHashSet<>(fields)) {
            String name = condition.name(field);
            condition.terms.add(Optional.ofNullable(seen.get(field))
                    .map(value -> name + " = " + condition.value(value))
                    .orElse("attribute_not_exists(" + name + ")"));
        }
        return condition;
    }

    /** The placeholder of an attribute's name. */
    String name(String attribute) {
        String placeholder = "#n" + names.size();
        names.put(placeholder, attribute);
        return placeholder;
    }

    /** The placeholder of a value. */
    String value(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }

    String expression() {
        return String.join(" AND ", terms);
    }

    Map<String, String> names() {
        return Map.copyOf(names);
    }

    /** Absent if there are none, as DynamoDB wants it. */
    Optional<Map<String, AttributeValue>> values() {
        return values.isEmpty() ? Optional.empty() : Optional.of(Map.copyOf(values));
    }
}
