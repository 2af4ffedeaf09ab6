package network.cortensor.portal.operator.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.ItemFields;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.item.ItemValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What has to change for the tables to be as they are wanted. Pools, targets and models are made and changed in this order and removed in
 * the reverse one, so that nothing ever points to what is not there.
 */
public final class Changes {
    private Changes() {}

    /** What happens to items that are not mentioned. */
    public enum Rest {
        STAYS,
        GOES
    }

    /** @param wanted items by key, with all of their fields: a field that is not among them goes */
    public static List<Change> between(
            StoredCatalog stored, Map<CatalogKey, Map<String, ItemValue>> wanted, Rest rest) {
        List<Change> changes = new ArrayList<>();
        Map<CatalogKey, Map<String, ItemValue>> ordered = new TreeMap<>(CatalogKey.ORDER);
        ordered.putAll(wanted);
        ordered.forEach((key, item) -> stored.item(key)
                .ifPresentOrElse(
                        seen -> whole(key, seen, item).ifPresent(changes::add),
                        () -> changes.add(new Change.Create(key, item))));
        if (rest == Rest.GOES) {
            List<CatalogKey> gone = new ArrayList<>(stored.items().keySet());
            gone.removeAll(wanted.keySet());
            gone.reversed()
                    .forEach(key -> stored.item(key).ifPresent(seen -> changes.add(new Change.Delete(key, seen))));
        }
        return changes;
    }

    /** To this whole item, if it differs. Who wrote it last makes no difference. */
    private static Optional<Change> whole(
            CatalogKey key, Map<String, AttributeValue> seen, Map<String, ItemValue> item) {
        List<String> fields = FieldOrder.of(key.table()).stream()
                .filter(field -> !ItemFields.EDIT.contains(field))
                .toList();
        List<FieldChange> differing = FieldChange.between(Items.plain(seen), item, fields);
        return differing.isEmpty() ? Optional.empty() : Optional.of(new Change.Update(key, seen, differing));
    }

    /** To these values of some fields, the rest of the item as it is; nothing if it has them already. */
    public static List<Change> of(CatalogKey key, Map<String, AttributeValue> seen, Map<String, ItemValue> values) {
        List<FieldChange> differing = FieldChange.between(Items.plain(seen), values, values.keySet());
        return differing.isEmpty() ? List.of() : List.of(new Change.Update(key, seen, differing));
    }
}
