package network.cortensor.portal.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of items that operators own, in the order in which they are written: no item then ever points to one that is not there yet. */
@SuppressWarnings("ImmutableEnumChecker") // The list is a List.of, which the checker cannot see.
public enum CatalogTable {
    POOLS("Pools", "pool", "pool"),
    TARGETS("Targets", "target", "pool", "target"),
    MODELS("Models", "model", "alias"),
    /** What customers may use. Plans stand in the table of keys, among the keys, so the catalog's readers do not see them and they have no history. */
    PLANS("Plans", "plan", "keyHash");

    /** The tables that hold the catalog and nothing else. */
    public static final List<CatalogTable> CATALOG = List.of(POOLS, TARGETS, MODELS);

    /** Begins a plan's key in the table of keys. No hash of a key begins like this. */
    private static final String PLAN = "plan#";

    private final String title;
    private final String word;
    private final List<String> keys;

    CatalogTable(String title, String word, String... keys) {
        this.title = title;
        this.word = word;
        this.keys = List.of(keys);
    }

    static Optional<CatalogTable> titled(String title) {
        return Arrays.stream(values())
                .filter(table -> table.title.equals(title))
                .findFirst();
    }

    /** Its name in the design; what it is called in a deployment is that deployment's matter. */
    public String title() {
        return title;
    }

    /** What one of its items is called. */
    public String word() {
        return word;
    }

    /** The names of the attributes that are an item's key, all of them texts. */
    public List<String> keys() {
        return keys;
    }

    /** A part of an item's name as it stands in its key: a plan {@code free} stands under {@code plan#free}, and all others under their names. */
    public String keyOf(String name) {
        return this == PLANS ? PLAN + name : name;
    }

    /** The reverse of {@link #keyOf}; empty if an item of another kind stands under that key. */
    public Optional<String> nameIn(String key) {
        if (this != PLANS) {
            return Optional.of(key);
        }
        return key.startsWith(PLAN) ? Optional.of(key.substring(PLAN.length())) : Optional.empty();
    }
}
