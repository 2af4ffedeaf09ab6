package network.cortensor.portal.operator.edit;

import java.util.List;
import java.util.Locale;
import network.cortensor.portal.catalog.ItemFields;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.keys.items.PlanItems;

/** What an item is that operators own, in the order in which they are written: nothing then ever points to what is not there yet. */
public enum Kind {
    POOL,
    TARGET,
    MODEL,
    /** What customers may use. It stands in the table of keys, so it is read by name, or not at all. */
    PLAN;

    /** What is read whole. */
    static final List<Kind> CATALOG = List.of(POOL, TARGET, MODEL);

    /** As complaints and operators call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The attributes of its key. */
    public List<String> key() {
        return switch (this) {
            case POOL -> List.of("pool");
            case TARGET -> List.of("pool", "target");
            case MODEL -> List.of("alias");
            case PLAN -> List.of(KeyItems.TABLE_KEY);
        };
    }

    /** Its fields beside the key, in the order in which people want to read them. */
    public List<String> fields() {
        return switch (this) {
            case POOL -> ItemFields.POOL;
            case TARGET -> ItemFields.TARGET;
            case MODEL -> ItemFields.MODEL;
            case PLAN -> PlanItems.FIELDS;
        };
    }

    public String table(TableNames tables) {
        return switch (this) {
            case POOL -> tables.pools();
            case TARGET -> tables.targets();
            case MODEL -> tables.models();
            case PLAN -> tables.apiKeys();
        };
    }

    /** A name as it stands in the key. */
    String stored(String name) {
        return this == PLAN ? PlanItems.tableKey(name) : name;
    }

    /** The name that stands in a key. */
    String named(String stored) {
        return this == PLAN ? PlanItems.planAt(stored).orElse(stored) : stored;
    }
}
