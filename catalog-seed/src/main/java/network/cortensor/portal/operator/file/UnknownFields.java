package network.cortensor.portal.operator.file;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.ItemFields;
import network.cortensor.portal.catalog.WholeCatalog;
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

    static Stream<String> ofPlans(Map<String, Map<String, Object>> plans) {
        return plans.entrySet().stream()
                .flatMap(item -> of("plan " + item.getKey(), item.getValue().keySet(), PlanItems.FIELDS));
    }

    private static Stream<String> of(String item, Collection<String> found, List<String> known) {
        Set<String> unknown = new TreeSet<>(found);
        known.forEach(unknown::remove);
        return unknown.stream().map(field -> item + ": " + field + ": unknown (expected: one of " + known + ")");
    }
}
