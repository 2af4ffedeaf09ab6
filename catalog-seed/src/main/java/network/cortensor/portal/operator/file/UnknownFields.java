package network.cortensor.portal.operator.file;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.ItemFields;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.PlanItems;

/** Finds fields that no rule reads: in a file they are misspelt, where in a table they may be someone's note. */
final class UnknownFields {
    private UnknownFields() {}

    static Stream<String> complaints(WholeCatalog.Items items) {
        return Stream.of(
                        items.models().entrySet().stream()
                                .flatMap(item -> of(
                                        "model " + item.getKey(),
                                        item.getValue().keySet(),
                                        ItemFields.MODEL)),
                        items.pools().entrySet().stream()
                                .flatMap(item -> of(
                                        "pool " + item.getKey(), item.getValue().keySet(), ItemFields.POOL)),
                        items.targets().entrySet().stream()
                                .flatMap(pool -> pool.getValue().entrySet().stream()
                                        .flatMap(item -> of(
                                                "target " + pool.getKey() + "/" + item.getKey(),
                                                item.getValue().keySet(),
                                                ItemFields.TARGET))))
                .flatMap(complaints -> complaints);
    }

    static Stream<String> ofPlans(Map<String, Map<String, ItemValue>> plans) {
        return plans.entrySet().stream()
                .flatMap(item -> of("plan " + item.getKey(), item.getValue().keySet(), PlanItems.FIELDS));
    }

    /**
     * Fields without a value, which no item has: {@code sessionId: 1,000} is a session 1 and a field 000 to YAML.
     *
     * @param section {@code models}, {@code pools}, {@code plans}, or {@code targets} and a pool
     */
    static Stream<String> ofSection(String section, String name, Collection<String> found) {
        return switch (section) {
            case "models" -> of("model " + name, found, ItemFields.MODEL);
            case "pools" -> of("pool " + name, found, ItemFields.POOL);
            case "plans" -> of("plan " + name, found, PlanItems.FIELDS);
            default -> of("target " + section.substring("targets.".length()) + "/" + name, found, ItemFields.TARGET);
        };
    }

    private static Stream<String> of(String item, Collection<String> found, List<String> known) {
        Set<String> unknown = new TreeSet<>(found);
        known.forEach(unknown::remove);
        return unknown.stream().map(field -> item + ": " + field + ": unknown (expected: one of " + known + ")");
    }
}
