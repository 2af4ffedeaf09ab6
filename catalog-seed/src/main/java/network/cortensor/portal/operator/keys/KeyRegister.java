package network.cortensor.portal.operator.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.Parsed;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.operator.edit.Transaction;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Unconfirmed;
import network.cortensor.portal.operator.keys.ApiKeysTable.Change;
import network.cortensor.portal.operator.keys.ApiKeysTable.Outcome;
import network.cortensor.portal.operator.keys.ApiKeysTable.Stored;
import software.amazon.awssdk.core.exception.SdkException;
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
        return switch (written(edit, List.of(made.change(), planOf(order.fields())))) {
            case WRITTEN -> made.key();
            case OTHERWISE ->
                throw changed("plan " + order.plan() + ": has been deleted meanwhile, so no key was made");
        };
    }

    /**
     * Revokes keys, for good; who still uses one is refused within 5 s. Returns those that were not revoked before. Up to {@link
     * Transaction#MOST_AT_ONCE} are revoked together or not at all.
     *
     * @throws CommandStopped if one of them does not exist; the message says how many were revoked, which is none of up to {@link
     *     Transaction#MOST_AT_ONCE}
     */
    List<String> revoke(List<String> keyIds, Edit edit) throws CommandStopped {
        ApiKeysTable.Contents contents = table.read();
        Set<KeyRow> open = new LinkedHashSet<>();
        for (String keyId : keyIds) {
            KeyRow row = only(keyId, contents);
            if (!row.text(KeyItems.STATUS).equals(REVOKED)) {
                open.add(row);
            }
        }
        List<KeyRow> rows = List.copyOf(open);
        for (int from = 0; from < rows.size(); from += Transaction.MOST_AT_ONCE) {
            List<KeyRow> together = rows.subList(from, Math.min(rows.size(), from + Transaction.MOST_AT_ONCE));
            if (revoked(edit, together, from, rows.size()) == Outcome.OTHERWISE) {
                throw changed("a key has been deleted meanwhile, so "
                        + (from == 0 ? "none" : "only " + from + " of " + rows.size())
                        + " was revoked (expected: look again, and repeat the command)");
            }
        }
        return rows.stream().map(row -> row.text(KeyItems.KEY_ID)).toList();
    }

    private Outcome revoked(Edit edit, List<KeyRow> rows, int before, int all) throws CommandStopped {
        try {
            return table.write(edit, rows.stream().map(KeyRegister::revocation).toList());
        } catch (SdkException e) {
            throw Unconfirmed.of(e, before, all, "repeat the command");
        }
    }

    /** Writes a new key. One that is perhaps in the table was shown to nobody. */
    private Outcome written(Edit edit, List<Change> changes) throws CommandStopped {
        try {
            return table.write(edit, changes);
        } catch (SdkException e) {
            throw Unconfirmed.of(
                    e, 0, 1, "look at portalctl keys list, revoke a new key that is there, and repeat the command");
        }
    }

    private static Change revocation(KeyRow row) {
        return new Change.Fields(row.hash().hex(), Map.of(KeyItems.STATUS, ItemValue.of(REVOKED)));
    }

    /**
     * What rotation wrote.
     *
     * @param made the successor
     * @param terms what it may do: what the old key might
     * @param oldEnds when the old key ends
     */
    record Rotation(NewKey made, Map<String, ItemValue> terms, Instant oldEnds) {}

    /**
     * Makes a key that may do what another may, which ends after {@code overlap}, or when it would have ended before.
     *
     * @throws CommandStopped if there is no such key, it is not good any more, or somebody else changes it at this moment
     */
    Rotation rotate(String keyId, Duration overlap, Edit edit) throws CommandStopped {
        KeyRow row = only(keyId, table.read());
        Stored old = table.find(row.hash().hex()).orElseThrow(() -> changedMeanwhile(keyId));
        Map<String, ItemValue> fields = new LinkedHashMap<>(old.plain());
        IssuedKey issued = requireGood(new KeyRow(row.hash(), fields), edit.at());
        fields.keySet().retainAll(KeyItems.INHERITED);
        requirePlan(issued.plan());
        Made made = make(fields, edit);
        Instant end = edit.at().plus(overlap).truncatedTo(ChronoUnit.SECONDS);
        Instant ends = issued.expiry().filter(end::isAfter).orElse(end);
        Change oldEnds = new Change.FieldsAsRead(
                old,
                Map.of(
                        KeyItems.EXPIRY,
                        ItemValue.of(ends.toString()),
                        KeyItems.SUCCESSOR,
                        ItemValue.of(made.key().keyId())),
                KeyItems.FIELDS);
        return switch (written(edit, List.of(made.change(), oldEnds, planOf(fields)))) {
            case WRITTEN -> new Rotation(made.key(), Map.copyOf(fields), ends);
            case OTHERWISE -> throw changedMeanwhile(keyId);
        };
    }

    private static CommandStopped changedMeanwhile(String keyId) {
        return changed("key " + keyId
                + ": has been changed meanwhile, so nothing was written (expected: look again, and repeat the"
                + " command)");
    }

    private static CommandStopped changed(String line) {
        return new CommandStopped(ExitCode.CONFLICT, line);
    }

    private static Change planOf(Map<String, ItemValue> fields) {
        return new Change.Present(
                PlanItems.tableKey(ItemValue.text(fields, KeyItems.PLAN).orElse("")));
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

    private Made make(Map<String, ItemValue> terms, Edit edit) throws CommandStopped {
        KeyText text = text();
        String keyId = "key-" + HexFormat.of().toHexDigits(random.nextLong());
        Map<String, ItemValue> fields = new LinkedHashMap<>(terms);
        fields.put(KeyItems.KEY_ID, ItemValue.of(keyId));
        fields.put(KeyItems.STATUS, ItemValue.of(ACTIVE));
        fields.put(
                KeyItems.CREATED_AT,
                ItemValue.of(edit.at().truncatedTo(ChronoUnit.SECONDS).toString()));
        fields.put(KeyItems.CREATED_BY, ItemValue.of(edit.by()));
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
        Optional<Map<String, ItemValue>> item =
                table.find(PlanItems.tableKey(plan)).map(Stored::plain);
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
        return table.find(hash.hex()).map(item -> new KeyRow(hash, item.plain()));
    }
}
