package network.cortensor.portal.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The tables that operators own. */
@SuppressWarnings("ImmutableEnumChecker") // The list is a List.of, which the checker cannot see.
public enum CatalogTable {
    MODELS("Models", "model", "alias"),
    POOLS("Pools", "pool", "pool"),
    TARGETS("Targets", "target", "pool", "target");

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
}
