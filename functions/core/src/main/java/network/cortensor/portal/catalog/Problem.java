package network.cortensor.portal.catalog;

import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.Names;

/**
 * What is wrong with one item, for operators.
 *
 * @param item the table's word and the key, as {@code target oss-20b/r1-a}
 * @param field the attribute, as {@code routes[1].weight}
 * @param complaint what was found and what was expected; holds no more than a few characters of what was found
 */
public record Problem(String item, String field, String complaint, Severity severity) {

    /** An item whose key is no name: nothing can refer to it, so it is as good as absent. */
    public static Problem noName(String kind, String key) {
        return new Problem(
                kind + " " + Shown.of(ItemValue.of(key)),
                "key",
                "not a name (expected: " + Names.FORM + ")",
                Severity.ERROR);
    }

    /** A field that names what is not there. */
    public static Problem dangling(String item, String field, String name) {
        return new Problem(
                item,
                field,
                Shown.of(ItemValue.of(name)) + " does not exist (expected: the name of an item)",
                Severity.ERROR);
    }

    static Problem advice(String item, String field, String complaint) {
        return new Problem(item, field, complaint, Severity.ADVICE);
    }

    /** What a problem does. */
    public enum Severity {
        /** The item counts as paused, or the field as its default. */
        ERROR,
        /** It works as written, and is hardly meant so. */
        ADVICE
    }

    /** As in {@code target oss-20b/r1-a: weight: -1 (expected: a whole number >= 0)}. */
    @Override
    public String toString() {
        return item + ": " + field + ": " + complaint;
    }
}
