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

/**
 * One field before and after.
 *
 * @param from absent if there was none
 * @param to absent if there is none any more
 */
public record FieldChange(String field, Optional<Object> from, Optional<Object> to) {

    /** What differs, in the order of {@code fields} and then of the alphabet. Numbers that are equal are the same however they are written. */
    static List<FieldChange> between(Map<String, Object> before, Map<String, Object> after, Collection<String> fields) {
        Set<String> names = new LinkedHashSet<>(fields);
        List<FieldChange> changes = new ArrayList<>();
        for (String name : names) {
            Optional<Object> from = Optional.ofNullable(before.get(name));
            Optional<Object> to = Optional.ofNullable(after.get(name));
            if (!from.map(FieldChange::comparable).equals(to.map(FieldChange::comparable))) {
                changes.add(new FieldChange(name, from, to));
            }
        }
        return changes;
    }

    private static Object comparable(Object value) {
        return switch (value) {
            case BigDecimal number -> number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
            case List<?> list -> list.stream().map(FieldChange::comparable).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> same = new LinkedHashMap<>();
                map.forEach((key, inner) -> same.put(key, comparable(inner)));
                yield same;
            }
            default -> value;
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
        json.put("from", from.map(ValueText::json).orElse(null));
        json.put("to", to.map(ValueText::json).orElse(null));
        return json;
    }
}
