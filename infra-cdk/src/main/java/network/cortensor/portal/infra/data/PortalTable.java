package network.cortensor.portal.infra.data;

import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.settings.Variable;

/** Every table, as the design has it: its keys, all of them strings, and what DynamoDB itself does with its items. */
public enum PortalTable {
    MODELS("Models", Variable.TABLE_MODELS, "alias"),
    POOLS("Pools", Variable.TABLE_POOLS, "pool"),
    TARGETS("Targets", Variable.TABLE_TARGETS, "pool", "target"),
    TARGET_HEALTH("TargetHealth", Variable.TABLE_TARGET_HEALTH, "pool", "target"),
    SESSION_SLOTS("SessionSlots", Variable.TABLE_SESSION_SLOTS, "router", "slot"),
    CATALOG_HISTORY("CatalogHistory", Variable.TABLE_CATALOG_HISTORY, "item", "sequence"),
    API_KEYS("ApiKeys", Variable.TABLE_API_KEYS, "keyHash"),
    USAGE("Usage", Variable.TABLE_USAGE, "keyId", "entry");

    /** What operators own: every change of it is recorded. */
    public static final Set<PortalTable> CATALOG = Set.of(MODELS, POOLS, TARGETS);

    /** Items with {@code expiresAt} (epoch seconds) in the past are deleted by DynamoDB, some day. */
    public static final Set<PortalTable> EXPIRING = Set.of(TARGET_HEALTH, SESSION_SLOTS, USAGE);

    /** The attribute of {@link #EXPIRING} items. */
    public static final String EXPIRY = "expiresAt";

    private final String id;
    private final Variable variable;
    private final String partitionKey;
    private final Optional<String> sortKey;

    PortalTable(String id, Variable variable, String partitionKey) {
        this(id, variable, partitionKey, Optional.empty());
    }

    PortalTable(String id, Variable variable, String partitionKey, String sortKey) {
        this(id, variable, partitionKey, Optional.of(sortKey));
    }

    PortalTable(String id, Variable variable, String partitionKey, Optional<String> sortKey) {
        this.id = id;
        this.variable = variable;
        this.partitionKey = partitionKey;
        this.sortKey = sortKey;
    }

    /** The construct's id. To change it is to throw the table away and begin an empty one. */
    public String id() {
        return id;
    }

    /** By which functions are told its name. */
    public Variable variable() {
        return variable;
    }

    public String partitionKey() {
        return partitionKey;
    }

    public Optional<String> sortKey() {
        return sortKey;
    }
}
