package network.cortensor.portal.operator.usage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import network.cortensor.portal.usage.Totals;

/** Uses summed up by some of what they say, in the order of that. Used by one thread. */
final class Summary {
    private final List<By> by;
    private final Map<String, Row> rows = new TreeMap<>();

    /**
     * What uses of the same group come to.
     *
     * @param group one text for each of what was summed by
     */
    record Row(List<String> group, Totals totals, Optional<UsageRow.Detail> detail) {
        private Row plus(Row other) {
            return new Row(group, totals.plus(other.totals), detail.flatMap(mine -> other.detail.map(mine::plus)));
        }
    }

    Summary(List<By> by) {
        this.by = List.copyOf(by);
    }

    void add(UsageRow use) {
        List<String> group = by.stream().map(one -> one.of(use).orElse("")).toList();
        // No name has a blank in it.
        String order = group.stream().collect(Collectors.joining(" "));
        rows.merge(order, new Row(group, use.totals(), use.detail()), Row::plus);
    }

    List<By> by() {
        return by;
    }

    List<Row> rows() {
        return List.copyOf(rows.values());
    }
}
