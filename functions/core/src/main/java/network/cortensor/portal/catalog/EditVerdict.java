package network.cortensor.portal.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.model.TargetId;

/**
 * What the rules say of a change of one item: everything that is wrong with the item as it now is, and whatever the change broke
 * elsewhere.
 */
public record EditVerdict(Scope scope, List<Problem> problems) {
    public EditVerdict {
        problems = List.copyOf(problems);
    }

    /** How far it looked. */
    public enum Scope {
        /** At the item and at all others: what it refers to, what refers to it, who has the same session. */
        CATALOG,
        /** At the item by itself, because the others could not be read. */
        ITEM
    }

    /**
     * A change of an item.
     *
     * @param before absent if the item came into being
     * @param after absent if it was deleted
     */
    public record Change(
            CatalogKey key, Optional<Map<String, ItemValue>> before, Optional<Map<String, ItemValue>> after) {}

    /** Of the item by itself. */
    public static EditVerdict alone(Change change) {
        return new EditVerdict(Scope.ITEM, own(change));
    }

    /**
     * Of the item among the others.
     *
     * @param others the catalog at some time near the change; what it has of the item itself is not looked at
     */
    public static EditVerdict among(WholeCatalog.Items others, Change change) {
        Set<Problem> known = Set.copyOf(problems(others.with(change.key(), change.before())));
        Set<Problem> found = new LinkedHashSet<>(own(change));
        for (Problem problem : problems(others.with(change.key(), change.after()))) {
            if (problem.item().equals(change.key().toString()) || !known.contains(problem)) {
                found.add(problem);
            }
        }
        return new EditVerdict(Scope.CATALOG, List.copyOf(found));
    }

    /** Whether an item counts as paused, or a field as its default. */
    public boolean bad() {
        return !errors().isEmpty();
    }

    /** Without mere advice. */
    public List<Problem> errors() {
        return problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
    }

    private static List<Problem> problems(WholeCatalog.Items items) {
        return WholeCatalog.of(items).problems();
    }

    private static List<Problem> own(Change change) {
        return change.after().map(item -> own(change.key(), item)).orElse(List.of());
    }

    /** Of the item alone. A plan is no part of the catalog's history, and the rules of keys judge it. */
    private static List<Problem> own(CatalogKey key, Map<String, ItemValue> item) {
        List<Problem> noNames = key.values().stream()
                .filter(value -> !Names.isName(value))
                .map(value -> Problem.noName(key.table().word(), value))
                .toList();
        if (!noNames.isEmpty()) {
            return noNames;
        }
        String name = key.values().getLast();
        return switch (key.table()) {
            case MODELS -> ModelItems.parse(name, item).problems();
            case POOLS -> PoolItems.parse(name, item).problems();
            case TARGETS ->
                TargetItems.parse(
                                new TargetId(Objects.requireNonNull(key.values().getFirst()), name), item)
                        .problems();
            case PLANS -> List.of();
        };
    }
}
