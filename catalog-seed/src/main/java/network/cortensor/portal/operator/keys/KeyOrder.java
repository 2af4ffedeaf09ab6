package network.cortensor.portal.operator.keys;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.KeyItems;

/**
 * What a key is wanted for.
 *
 * @param models the only aliases that it may use; all, if empty
 * @param expiry when it stops being good; never, if absent
 * @param note for people
 */
public record KeyOrder(
        String customer, String plan, Optional<List<String>> models, Optional<Instant> expiry, Optional<String> note) {

    /** For everything and for ever. */
    public static KeyOrder of(String customer, String plan) {
        return new KeyOrder(customer, plan, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Map<String, ItemValue> fields() {
        Map<String, ItemValue> fields = new LinkedHashMap<>();
        fields.put(KeyItems.CUSTOMER, ItemValue.of(customer));
        fields.put(KeyItems.PLAN, ItemValue.of(plan));
        models.ifPresent(only -> fields.put(KeyItems.ALLOWED_MODELS, ItemValue.of(only)));
        expiry.ifPresent(at -> fields.put(KeyItems.EXPIRY, ItemValue.of(at.toString())));
        note.ifPresent(text -> fields.put(KeyItems.NOTE, ItemValue.of(text)));
        return fields;
    }
}
