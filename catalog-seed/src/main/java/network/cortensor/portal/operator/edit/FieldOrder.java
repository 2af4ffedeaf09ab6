package network.cortensor.portal.operator.edit;

import java.util.List;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.catalog.ItemFields;
import network.cortensor.portal.keys.items.PlanItems;

/** The fields of items beside their key, in the order in which people want to read them. */
public final class FieldOrder {
    private FieldOrder() {}

    public static List<String> of(CatalogTable table) {
        return switch (table) {
            case POOLS -> ItemFields.POOL;
            case TARGETS -> ItemFields.TARGET;
            case MODELS -> ItemFields.MODEL;
            case PLANS -> PlanItems.FIELDS;
        };
    }
}
