package network.cortensor.portal.operator.history;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.catalog.ItemFields;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.operator.edit.FieldChange;
import network.cortensor.portal.operator.edit.FieldOrder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What differs between two states of an item, down to types of values that no rule reads; the stamp of the edit aside. */
final class Difference {
    private Difference() {}

    /** In the order in which people want to read them. Writing each field's {@link FieldChange#to} makes one state the other exactly. */
    static List<FieldChange> between(
            CatalogTable table, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        Set<String> known = new TreeSet<>(before.keySet());
        known.addAll(after.keySet());
        Set<String> names = new LinkedHashSet<>(FieldOrder.of(table));
        names.retainAll(known);
        names.addAll(known);
        names.removeAll(ItemFields.EDIT);
        names.removeAll(table.keys());
        List<FieldChange> changes = new ArrayList<>();
        for (String name : names) {
            Optional<AttributeValue> from = Optional.ofNullable(before.get(name));
            Optional<AttributeValue> to = Optional.ofNullable(after.get(name));
            if (!from.equals(to)) {
                changes.add(new FieldChange(name, from.map(Difference::value), to.map(Difference::value)));
            }
        }
        return changes;
    }

    /** The item's fields beside its key and the stamp. */
    static Map<String, ItemValue> fields(CatalogTable table, Map<String, AttributeValue> item) {
        Map<String, ItemValue> fields = new TreeMap<>();
        between(table, Map.of(), item)
                .forEach(change -> change.to().ifPresent(value -> fields.put(change.field(), value)));
        return fields;
    }

    private static ItemValue value(AttributeValue exact) {
        return isPlain(exact)
                ? Objects.requireNonNull(Items.plain(Map.of("value", exact)).get("value"))
                : new ItemValue.Foreign(exact);
    }

    /** Whether a plain value is all there is to it. */
    private static boolean isPlain(AttributeValue value) {
        return switch (value.type()) {
            case S, N, BOOL -> true;
            case L -> value.l().stream().allMatch(Difference::isPlain);
            case M -> value.m().values().stream().allMatch(Difference::isPlain);
            case B, BS, SS, NS, NUL, UNKNOWN_TO_SDK_VERSION -> false;
        };
    }
}
