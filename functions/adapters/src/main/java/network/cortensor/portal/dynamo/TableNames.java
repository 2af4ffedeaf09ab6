package network.cortensor.portal.dynamo;

import java.util.List;
import network.cortensor.portal.catalog.CatalogTable;

/**
 * What the tables are called in one deployment. The stack names them, so code is given them and never spells them out.
 *
 * @param models keyed by alias; operators write it
 * @param pools keyed by pool; operators write it
 * @param targets keyed by pool and target; operators write it
 * @param targetHealth keyed by pool and target; the machine writes it
 * @param sessionSlots keyed by router and slot; items outlive their use until the TTL expiresAt at most
 * @param catalogHistory keyed by item and sequence
 * @param apiKeys keyed by keyHash; operators write it
 * @param usage keyed by keyId and entry
 */
public record TableNames(
        String models,
        String pools,
        String targets,
        String targetHealth,
        String sessionSlots,
        String catalogHistory,
        String apiKeys,
        String usage) {

    /** DynamoDB takes names of 3 to 255 characters. */
    public TableNames {
        for (String name :
                List.of(models, pools, targets, targetHealth, sessionSlots, catalogHistory, apiKeys, usage)) {
            if (!name.matches("[a-zA-Z0-9_.-]{3,255}")) {
                throw new IllegalArgumentException(
                        "table name: " + name + " (expected: 3 to 255 letters, digits, '_', '.' or '-')");
            }
        }
    }

    /** Where items of this kind stand. */
    public String of(CatalogTable table) {
        return switch (table) {
            case MODELS -> models;
            case POOLS -> pools;
            case TARGETS -> targets;
            case PLANS -> apiKeys;
        };
    }

    /** All eight names. */
    public List<String> all() {
        return List.of(models, pools, targets, targetHealth, sessionSlots, catalogHistory, apiKeys, usage);
    }

    /** The design's names, each after {@code prefix}; an empty prefix gives them bare. */
    public static TableNames prefixed(String prefix) {
        return new TableNames(
                prefix + "Models",
                prefix + "Pools",
                prefix + "Targets",
                prefix + "TargetHealth",
                prefix + "SessionSlots",
                prefix + "CatalogHistory",
                prefix + "ApiKeys",
                prefix + "Usage");
    }
}
