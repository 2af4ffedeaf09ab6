package network.cortensor.portal.keys.items;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.catalog.Fields;
import network.cortensor.portal.catalog.ItemFields;
import network.cortensor.portal.catalog.Parsed;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.IssuedKey.Status;
import network.cortensor.portal.keys.KeyHash;

/**
 * The rules for a key's item. A missing {@code expiry} means never and missing {@code allowedModels} mean all of them; if either of them is bad,
 * the item is broken as by a required field, because its author wanted the key to be allowed less.
 */
public final class KeyItems {
    /** The table's partition key: a key's hash, or what {@link PlanItems} makes of a plan's name. */
    public static final String TABLE_KEY = "keyHash";

    public static final String KEY_ID = "keyId";
    public static final String CUSTOMER = "customer";
    public static final String PLAN = "plan";
    public static final String STATUS = "status";
    public static final String ALLOWED_MODELS = "allowedModels";
    public static final String EXPIRY = "expiry";

    /** For people: what the key is for. */
    public static final String NOTE = "note";

    public static final String CREATED_AT = "createdAt";
    public static final String CREATED_BY = "createdBy";

    /** The key that was made to take its place. */
    public static final String SUCCESSOR = "successor";

    /** A key's fields, in the order in which people want to read them; no rule reads those from {@link #NOTE} on. */
    public static final List<String> FIELDS = ItemFields.withEdit(
            KEY_ID, CUSTOMER, PLAN, STATUS, ALLOWED_MODELS, EXPIRY, NOTE, CREATED_AT, CREATED_BY, SUCCESSOR);

    /** What a successor takes over. */
    public static final Set<String> INHERITED = Set.of(CUSTOMER, PLAN, ALLOWED_MODELS, EXPIRY, NOTE);

    private static final String UNKNOWN = "unknown";
    private static final int SHOWN_HASH = 12;

    private KeyItems() {}

    /** The key, or nothing if its item cannot be understood: then it is neither good nor wrong. */
    public static Parsed<Optional<IssuedKey>> parse(KeyHash hash, Map<String, ItemValue> item) {
        Fields fields = new Fields(shownName(hash, item), item);

        String keyId = fields.name(KEY_ID).required(UNKNOWN);
        String customer = fields.name(CUSTOMER).required(UNKNOWN);
        String plan = fields.name(PLAN).required(UNKNOWN);
        Status status = fields.word(STATUS, Status.class).required(Status.REVOKED);
        AllowedModels models = fields.names(ALLOWED_MODELS)
                .orBreak()
                .<AllowedModels>map(names -> new AllowedModels.Only(Set.copyOf(names)))
                .orElse(new AllowedModels.All());
        var expiry = fields.instant(EXPIRY).orBreak();

        return new Parsed<>(
                fields.broken()
                        ? Optional.empty()
                        : Optional.of(new IssuedKey(keyId, customer, plan, status, models, expiry)),
                fields.problems());
    }

    /** By its id, as people know it; by the beginning of its hash if it has none. */
    private static String shownName(KeyHash hash, Map<String, ItemValue> item) {
        Fields fields = new Fields("", item);
        return "key " + fields.name(KEY_ID).optional().orElse("#" + hash.hex().substring(0, SHOWN_HASH));
    }
}
