package network.cortensor.portal.operator.keys;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Unconfirmed;
import network.cortensor.portal.operator.keys.ApiKeysTable.Change;
import network.cortensor.portal.operator.keys.ApiKeysTable.Outcome;
import network.cortensor.portal.operator.keys.ApiKeysTable.Stored;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes and changes the plans of one environment. For one thread. */
public final class PlanRegister {
    /** Each try that fails has seen another writer succeed. */
    private static final int MOST_TRIES = 10;

    private final ApiKeysTable table;

    public PlanRegister(DynamoDbClient client, String table) {
        this.table = new ApiKeysTable(client, table);
    }

    /**
     * Sets these fields of a plan, which need not exist yet. Returns all of its fields.
     *
     * @throws CommandStopped if it would not be a good plan then
     */
    public Map<String, ItemValue> set(String name, Map<String, ItemValue> fields, Edit edit) throws CommandStopped {
        if (!Names.isName(name)) {
            throw new CommandStopped(ExitCode.USAGE, "plan: not a name (expected: " + Names.FORM + ")");
        }
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Map<String, ItemValue> after = new HashMap<>();
            if (write(name, fields, edit, after) == Outcome.WRITTEN) {
                return after;
            }
        }
        throw new CommandStopped(
                ExitCode.CONFLICT,
                "plan " + name
                        + ": others change it all the time, so nothing was written (expected: repeat the command)");
    }

    /** What comes of the plan is judged, and told, as a whole; so all of it has to be as it was read when its fields are written. */
    private Outcome write(String name, Map<String, ItemValue> fields, Edit edit, Map<String, ItemValue> after)
            throws CommandStopped {
        String key = PlanItems.tableKey(name);
        Optional<Stored> before = table.find(key);
        after.putAll(before.map(Stored::plain).orElse(Map.of()));
        after.putAll(ApiKeysTable.signed(fields, edit));
        PlanRow row = new PlanRow(name, after);
        if (!row.parsed().problems().isEmpty()) {
            throw new CommandStopped(
                    ExitCode.USAGE,
                    row.parsed().problems().stream().map(Problem::toString).toList());
        }
        Change change = before.<Change>map(stored -> new Change.FieldsAsRead(stored, fields, PlanItems.FIELDS))
                .orElseGet(() -> new Change.New(key, fields));
        try {
            return table.write(edit, List.of(change));
        } catch (SdkException e) {
            throw Unconfirmed.of(e, 0, 1, "look again, and repeat the command");
        }
    }

    /** Everything in the table, for commands that show it. */
    ApiKeysTable.Contents contents() {
        return table.read();
    }
}
