package network.cortensor.portal.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.testkit.ssm.SsmEmulator;

/** What a deployment's stacks remember of themselves in parameters, for the operators' tool. */
final class Outputs {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Outputs() {}

    static void tell(TableNames tables, SsmEmulator parameters) {
        ObjectNode names = JSON.createObjectNode()
                .put(Variable.TABLE_MODELS.key(), tables.models())
                .put(Variable.TABLE_POOLS.key(), tables.pools())
                .put(Variable.TABLE_TARGETS.key(), tables.targets())
                .put(Variable.TABLE_TARGET_HEALTH.key(), tables.targetHealth())
                .put(Variable.TABLE_SESSION_SLOTS.key(), tables.sessionSlots())
                .put(Variable.TABLE_CATALOG_HISTORY.key(), tables.catalogHistory())
                .put(Variable.TABLE_API_KEYS.key(), tables.apiKeys())
                .put(Variable.TABLE_USAGE.key(), tables.usage());
        parameters.putPlain("/portal/local/tables", names.toString());
        parameters.putPlain(
                "/portal/local/endpoints",
                JSON.createObjectNode().put("ProberFunction", LocalProber.ARN).toString());
    }
}
