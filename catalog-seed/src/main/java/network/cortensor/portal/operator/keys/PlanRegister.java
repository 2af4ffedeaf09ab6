package network.cortensor.portal.operator.keys;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.keys.ApiKeysTable.Change;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes and changes the plans of one environment. For one thread. */
public final class PlanRegister {
    private final ApiKeysTable table;

    public PlanRegister(DynamoDbClient client, String table) {
        this.table = new ApiKeysTable(client, table);
    }

    /**
     * Sets these fields of a plan, which need not exist yet. Returns all of its fields.
     *
     * @throws CommandStopped if it would not be a good plan then
     */
    public Map<String, Object> set(String name, Map<String, Object> fields, Edit edit) throws CommandStopped {
        if (!Names.isName(name)) {
            throw new CommandStopped(ExitCode.USAGE, "plan: not a name (expected: " + Names.FORM + ")");
        }
        String key = PlanItems.tableKey(name);
        Optional<Map<String, Object>> before = table.find(key);
        Map<String, Object> after = new HashMap<>(before.orElse(Map.of()));
        after.putAll(fields);
        PlanRow row = new PlanRow(name, after);
        if (!row.parsed().problems().isEmpty()) {
            throw new CommandStopped(
                    ExitCode.USAGE,
                    row.parsed().problems().stream().map(Problem::toString).toList());
        }
        table.write(edit, before.isPresent() ? new Change.Fields(key, fields) : new Change.New(key, fields));
        return after;
    }

    /** Everything in the table, for commands that show it. */
    ApiKeysTable.Contents contents() {
        return table.read();
    }
}
