package network.cortensor.portal.operator.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.Parsed;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.keys.ApiKeysTable.Change;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes, revokes and rotates the keys of one environment. For one thread. */
public final class KeyRegister {
    private static final String ACTIVE = "active";
    private static final String REVOKED = "revoked";

    private final String environment;
    private final ApiKeysTable table;
    private final RandomGenerator random;

    /** @param random cryptographically strong */
    public KeyRegister(String environment, DynamoDbClient client, String table, RandomGenerator random) {
        this.environment = environment;
        this.table = new ApiKeysTable(client, table);
        this.random = random;
    }

    /**
     * Makes a key. It works as soon as this returns.
     *
     * @throws CommandStopped if the order cannot be filled, its plan missing or broken for example
     */
    public NewKey create(KeyOrder order, Edit edit) throws CommandStopped {
        requirePlan(order.plan());
        Made made = make(order.fields(), edit);
        table.write(edit, made.change());
        return made.key();
    }

    /**
     * Revokes keys, for good; who still uses one is refused within 5 s. Returns those that were not revoked before.
     *
     * @throws CommandStopped if one of them does not exist; then none is revoked
     */
    List<String> revoke(List<String> keyIds, Edit edit) throws CommandStopped {
        ApiKeysTable.Contents contents = table.read();
        List<KeyRow> rows = new ArrayList<>();
        for (String keyId : keyIds) {
            rows.add(only(keyId, contents));
        }
        List<KeyRow> open = rows.stream()
                .filter(row -> !row.text(KeyItems.STATUS).equals(REVOKED))
                .toList();
        for (KeyRow row : open) {
            table.write(edit, new Change.Fields(row.hash().hex(), Map.of(KeyItems.STATUS, REVOKED)));
        }
        return open.stream().map(row -> row.text(KeyItems.KEY_ID)).toList();
    }

    /**
     * Makes a key that may do what another may, which ends after {@code overlap}, or when it would have ended before.
     *
     * @throws CommandStopped if there is no such key, or it is not good any more
     */
    NewKey rotate(String keyId, Duration overlap, Edit edit) throws CommandStopped {
        KeyRow row = only(keyId, table.read());
        IssuedKey old = requireGood(row, edit.at());
        Map<String, Object> fields = new LinkedHashMap<>(row.item());
        fields.keySet().retainAll(KeyItems.INHERITED);
        Made made = make(fields, edit);
        Instant end = edit.at().plus(overlap).truncatedTo(ChronoUnit.SECONDS);
        Instant expiry = old.expiry().filter(end::isAfter).orElse(end);
        table.write(
                edit,
                made.change(),
                new Change.Fields(
                        row.hash().hex(),
                        Map.of(
                                KeyItems.EXPIRY,
                                expiry.toString(),
                                KeyItems.SUCCESSOR,
                                made.key().keyId())));
        return made.key();
    }

    /** Everything in the table, for commands that show it. */
    ApiKeysTable.Contents contents() {
        return table.read();
    }

    /** @throws CommandStopped if there is none, or more than one */
    static KeyRow only(String keyId, ApiKeysTable.Contents contents) throws CommandStopped {
        List<KeyRow> found = contents.keys().stream()
                .filter(row -> row.text(KeyItems.KEY_ID).equals(keyId))
                .toList();
        return switch (found.size()) {
            case 1 -> found.getFirst();
            case 0 ->
                throw new CommandStopped(
                        ExitCode.USAGE,
                        "key " + keyId + ": there is none (expected: an id that 'portalctl keys list --all' shows)");
            default ->
                throw new CommandStopped(
                        ExitCode.FOUND,
                        "key " + keyId + ": " + found.size()
                                + " items have this id (expected: one; the table was edited by hand)");
        };
    }

    private record Made(NewKey key, Change change) {}

    private Made make(Map<String, Object> terms, Edit edit) throws CommandStopped {
        KeyText text = text();
        String keyId = "key-" + HexFormat.of().toHexDigits(random.nextLong());
        Map<String, Object> fields = new LinkedHashMap<>(terms);
        fields.put(KeyItems.KEY_ID, keyId);
        fields.put(KeyItems.STATUS, ACTIVE);
        fields.put(
                KeyItems.CREATED_AT, edit.at().truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put(KeyItems.CREATED_BY, edit.by());
        requireSound(KeyItems.parse(text.hash(), fields));
        return new Made(new NewKey(text, keyId), new Change.New(text.hash().hex(), fields));
    }

    private KeyText text() throws CommandStopped {
        try {
            return KeyText.make(environment, random);
        } catch (IllegalArgumentException e) {
            throw new CommandStopped(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private void requirePlan(String plan) throws CommandStopped {
        Optional<Map<String, Object>> item = table.find(PlanItems.tableKey(plan));
        if (item.isEmpty()) {
            throw new CommandStopped(
                    ExitCode.USAGE,
                    "plan " + plan + ": there is none (expected: one that 'portalctl plan list' shows)");
        }
        requireSound(new PlanRow(plan, item.get()).parsed());
    }

    private static IssuedKey requireGood(KeyRow row, Instant now) throws CommandStopped {
        requireSound(row.parsed());
        return row.parsed()
                .value()
                .filter(key -> key.goodAt(now))
                .orElseThrow(() -> new CommandStopped(
                        ExitCode.USAGE,
                        "key " + row.text(KeyItems.KEY_ID)
                                + ": revoked or expired (expected: a good one; else make a new one)"));
    }

    private static void requireSound(Parsed<?> parsed) throws CommandStopped {
        if (!parsed.problems().isEmpty()) {
            throw new CommandStopped(
                    ExitCode.USAGE,
                    parsed.problems().stream().map(Problem::toString).toList());
        }
    }

    /** The row that a key's text belongs to. */
    Optional<KeyRow> find(KeyHash hash) {
        return table.find(hash.hex()).map(item -> new KeyRow(hash, item));
    }
}
