package network.cortensor.portal.operator.edit;

import java.util.List;
import java.util.Locale;
import network.cortensor.portal.catalog.ItemFields;
import network.cortensor.portal.dynamo.TableNames;

/** What an item of the catalog is, in the order in which they are written: nothing then ever points to what is not there yet. */
public enum Kind {
    POOL,
    TARGET,
    MODEL;

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
        };
    }

    /** Its fields beside the key, in the order in which people want to read them. */
    public List<String> fields() {
        return switch (this) {
            case POOL -> ItemFields.POOL;
            case TARGET -> ItemFields.TARGET;
            case MODEL -> ItemFields.MODEL;
        };
    }

    public String table(TableNames tables) {
        return switch (this) {
            case POOL -> tables.pools();
            case TARGET -> tables.targets();
            case MODEL -> tables.models();
        };
    }
}
