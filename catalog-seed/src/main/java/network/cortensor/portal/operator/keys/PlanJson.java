package network.cortensor.portal.operator.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.PlanItems;

/** A plan as {@code --json} has it: its name as {@code plan}, then its item's fields. */
final class PlanJson {
    static final String NAME = "plan";

    private PlanJson() {}

    static Map<String, Object> of(PlanRow row) {
        Map<String, Object> json = new LinkedHashMap<>(Map.of(NAME, row.name()));
        json.putAll(chosen(row, PlanItems.FIELDS));
        return json;
    }

    static Map<String, Object> limits(PlanRow row) {
        return chosen(row, PlanItems.LIMITS);
    }

    private static Map<String, Object> chosen(PlanRow row, List<String> fields) {
        Map<String, Object> plain = ItemValue.plain(row.item());
        Map<String, Object> chosen = new LinkedHashMap<>();
        fields.stream().filter(plain::containsKey).forEach(field -> chosen.put(field, plain.getOrDefault(field, "")));
        return chosen;
    }
}
