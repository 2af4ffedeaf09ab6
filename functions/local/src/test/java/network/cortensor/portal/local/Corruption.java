package network.cortensor.portal.local;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.model.Names;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One way in which a hand breaks one item.
 *
 * @param after the item as the hand leaves it
 * @param field that has to be named
 */
record Corruption(Victim victim, CatalogKey key, Map<String, AttributeValue> after, String field, String what) {
    private static final Map<CatalogTable, List<String>> REQUIRED = Map.of(
            CatalogTable.MODELS, List.of("state", "routes", "contextLength", "maxOutputTokens", "promptFormat"),
            CatalogTable.POOLS, List.of("state"),
            CatalogTable.TARGETS, List.of("state", "routerUrl", "sessionId"));

    private static final Map<CatalogTable, List<String>> OPTIONAL = Map.of(
            CatalogTable.MODELS,
            List.of("displayName", "endpoints", "released", "stage", "shutdownDate", "successor", "fallbackPools"),
            CatalogTable.POOLS,
            List.of("firstTokenSeconds", "attemptSeconds", "totalSeconds", "queueSeconds", "maxAttempts", "streaming"),
            CatalogTable.TARGETS,
            List.of("protocol", "apiVersion", "sessionForm", "capacity", "weight", "sessionExpiresAt"));

    /** No field takes any of these. */
    private static final List<AttributeValue> BAD = List.of(
            AttributeValue.fromS(""),
            AttributeValue.fromS("\u0000\u202e"),
            AttributeValue.fromS("x".repeat(390_000)),
            AttributeValue.fromN("-1"),
            AttributeValue.fromN("-1E-130"),
            AttributeValue.fromN("9.9999999999999999999999999999999999999E+125"),
            AttributeValue.fromBool(true),
            AttributeValue.fromB(SdkBytes.fromUtf8String("live")),
            AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("live"))),
            AttributeValue.fromNs(List.of("-2", "1")),
            AttributeValue.fromSs(List.of("Not", "Names")),
            AttributeValue.fromM(Map.of("S", AttributeValue.fromS("live"))),
            AttributeValue.fromL(List.of(AttributeValue.fromNul(true))),
            AttributeValue.fromL(Collections.nCopies(5_000, AttributeValue.fromS("Not A Name"))));

    static Corruption random(Victim victim, RandomGenerator random) {
        CatalogKey key = pick(List.of(victim.model(), victim.pool(), victim.target()), random);
        return switch (random.nextInt(8)) {
            case 0 -> missing(victim, key, random);
            case 1 -> unknownState(victim, key);
            case 2 -> dangling(victim, random);
            case 3 -> sharedSession(victim);
            case 4 -> nothingLeft(victim, key);
            case 5 -> noName(victim, random);
            default -> wrong(victim, key, random);
        };
    }

    void apply(DynamoDbClient client) {
        client.putItem(put -> put.tableName(victim.table(key)).item(after));
    }

    /** The item as the table has it, whose numbers and sets have one form only. */
    Map<String, AttributeValue> written() {
        return victim.item(key);
    }

    void delete() {
        victim.delete(key);
    }

    /** How many changes of this item there are by then: it was made, and broken. */
    int changes() {
        return key.values().stream().allMatch(Names::isName) ? 2 : 1;
    }

    @Override
    public String toString() {
        return key + ": " + what + ", field " + field;
    }

    private static Corruption missing(Victim victim, CatalogKey key, RandomGenerator random) {
        String field = pick(known(REQUIRED, key), random);
        Map<String, AttributeValue> item = new HashMap<>(victim.item(key));
        item.remove(field);
        return new Corruption(victim, key, item, field, "missing");
    }

    private static Corruption unknownState(Victim victim, CatalogKey key) {
        return with(victim, key, "state", AttributeValue.fromS("Live "));
    }

    private static Corruption wrong(Victim victim, CatalogKey key, RandomGenerator random) {
        List<String> fields = random.nextBoolean() ? known(REQUIRED, key) : known(OPTIONAL, key);
        return with(victim, key, pick(fields, random), pick(BAD, random));
    }

    private static Corruption dangling(Victim victim, RandomGenerator random) {
        AttributeValue gone = AttributeValue.fromS("gone");
        return switch (random.nextInt(3)) {
            case 0 -> with(victim, victim.model(), "fallbackPools", AttributeValue.fromL(List.of(gone)));
            case 1 -> with(victim, victim.model(), "successor", gone);
            default ->
                with(
                        victim,
                        victim.model(),
                        "routes",
                        AttributeValue.fromL(List.of(
                                AttributeValue.fromM(Map.of("pool", gone, "weight", AttributeValue.fromN("1"))))));
        };
    }

    /** The other target's pool has more of them. */
    private static Corruption sharedSession(Victim victim) {
        return with(victim, victim.target(), "sessionId", AttributeValue.fromN(Long.toString(victim.othersSession())));
    }

    private static Corruption nothingLeft(Victim victim, CatalogKey key) {
        return new Corruption(victim, key, Items.key(key), known(REQUIRED, key).getLast(), "nothing but a key");
    }

    /** Beside the victim's own items. */
    private static Corruption noName(Victim victim, RandomGenerator random) {
        String odd = victim.name() + pick(List.of(" ", "\n", "/x", "%", "\u202e", "é", "X", "x".repeat(900)), random);
        CatalogKey key = pick(
                List.of(CatalogKey.model(odd), CatalogKey.pool(odd), CatalogKey.target(victim.name(), odd)), random);
        return new Corruption(victim, key, Items.key(key), "key", "no name");
    }

    private static Corruption with(Victim victim, CatalogKey key, String field, AttributeValue value) {
        Map<String, AttributeValue> item = new HashMap<>(victim.item(key));
        item.put(field, value);
        String shown = value.toString();
        return new Corruption(victim, key, item, field, shown.length() > 60 ? value.type() + " of much" : shown);
    }

    private static List<String> known(Map<CatalogTable, List<String>> fields, CatalogKey key) {
        return fields.getOrDefault(key.table(), List.of());
    }

    private static <T> T pick(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}
