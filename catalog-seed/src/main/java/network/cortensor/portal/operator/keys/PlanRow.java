package network.cortensor.portal.operator.keys;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.Parsed;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.model.Names;

/** A plan's item, as it stands in the table. */
record PlanRow(String name, Map<String, ItemValue> item) {
    PlanRow {
        item = Map.copyOf(item);
    }

    Parsed<Optional<Plan>> parsed() {
        return Names.isName(name)
                ? PlanItems.parse(name, item)
                : new Parsed<>(Optional.empty(), List.of(Problem.noName("plan", name)));
    }

    /** A field as people read it, or empty text. */
    String text(String field) {
        return Optional.ofNullable(item.get(field))
                .map(value -> String.valueOf(value.plain()))
                .orElse("");
    }
}
