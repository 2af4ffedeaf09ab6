package network.cortensor.portal.operator.edit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.item.ItemValue;

/**
 * One field before and after.
 *
 * @param from absent if there was none
 * @param to absent if there is none any more
 */
public record FieldChange(String field, Optional<ItemValue> from, Optional<ItemValue> to) {

    /** What differs, in the order of {@code fields} and then of the alphabet. Numbers that are equal are the same however they are written. */
    static List<FieldChange> between(
            Map<String, ItemValue> before, Map<String, ItemValue> after, Collection<String> fields) {
        Set<String> names = new LinkedHashSet<>(fields);
        List<FieldChange> changes = new ArrayList<>();
        for (String name : names) {
            Optional<ItemValue> from = Optional.ofNullable(before.get(name));
            Optional<ItemValue> to = Optional.ofNullable(after.get(name));
            if (!from.map(FieldChange::comparable).equals(to.map(FieldChange::comparable))) {
                changes.add(new FieldChange(name, from, to));
            }
        }
        return changes;
    }

    private static ItemValue comparable(ItemValue value) {
        return switch (value) {
            case ItemValue.Decimal(BigDecimal number) ->
                ItemValue.of(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
            case ItemValue.Listed(List<ItemValue> values) ->
                new ItemValue.Listed(
                        values.stream().map(FieldChange::comparable).toList());
            case ItemValue.Mapped(Map<String, ItemValue> fields) -> {
                Map<String, ItemValue> same = new LinkedHashMap<>();
                fields.forEach((name, inner) -> same.put(name, comparable(inner)));
                yield new ItemValue.Mapped(same);
            }
            case ItemValue.Text text -> text;
            case ItemValue.Flag flag -> flag;
            case ItemValue.Foreign foreign -> foreign;
        };
    }

    /** {@code state: live → paused}. */
    @Override
    public String toString() {
        return field + ": " + ValueText.of(from) + " → " + ValueText.of(to);
    }

    /** For {@code --json}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("field", field);
        json.put("from", from.map(ItemValue::plain).orElse(null));
        json.put("to", to.map(ItemValue::plain).orElse(null));
        return json;
    }
}
