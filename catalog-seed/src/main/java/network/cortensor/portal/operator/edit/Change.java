package network.cortensor.portal.operator.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.item.ItemValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One item that is to be made, changed or removed. */
public sealed interface Change {
    CatalogKey key();

    /** What of it changes, as it is shown. */
    List<FieldChange> fields();

    /** @param item its fields beside the key */
    record Create(CatalogKey key, Map<String, ItemValue> item) implements Change {
        public Create {
            item = Map.copyOf(item);
        }

        @Override
        public List<FieldChange> fields() {
            return FieldChange.between(Map.of(), item, FieldOrder.of(key.table()));
        }

        Map<String, AttributeValue> whole() {
            Map<String, AttributeValue> whole = new HashMap<>(Items.attributes(item));
            whole.putAll(Items.key(key));
            return whole;
        }
    }

    /**
     * Other attributes than {@code fields} stay as they are, also those that no rule reads.
     *
     * @param seen the whole item as it was read
     */
    record Update(CatalogKey key, Map<String, AttributeValue> seen, List<FieldChange> fields) implements Change {
        public Update {
            seen = Map.copyOf(seen);
            fields = List.copyOf(fields);
        }

        Map<String, AttributeValue> whole() {
            Map<String, AttributeValue> whole = new HashMap<>(seen);
            fields.forEach(change -> change.to()
                    .ifPresentOrElse(
                            value -> whole.putAll(Items.attributes(Map.of(change.field(), value))),
                            () -> whole.remove(change.field())));
            return whole;
        }
    }

    /** @param seen the whole item as it was read, and all of it goes */
    record Delete(CatalogKey key, Map<String, AttributeValue> seen) implements Change {
        public Delete {
            seen = Map.copyOf(seen);
        }

        @Override
        public List<FieldChange> fields() {
            Map<String, ItemValue> plain = new HashMap<>(Items.plain(seen));
            key.table().keys().forEach(plain::remove);
            List<String> order = new ArrayList<>(FieldOrder.of(key.table()));
            order.addAll(new TreeSet<>(plain.keySet()));
            return FieldChange.between(plain, Map.of(), order);
        }
    }

    /** {@code create}, {@code update} or {@code delete}. */
    default String action() {
        return switch (this) {
            case Create ignored -> "create";
            case Update ignored -> "update";
            case Delete ignored -> "delete";
        };
    }

    default Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("item", key().toString());
        json.put("action", action());
        json.put("fields", fields().stream().map(FieldChange::json).toList());
        return json;
    }
}
