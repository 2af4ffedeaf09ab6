package network.cortensor.portal.local;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.keys.KeyOrder;
import network.cortensor.portal.operator.keys.KeyRegister;
import network.cortensor.portal.operator.keys.PlanRegister;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A key with which the local product can be called at once, on a plan without limits, whatever plans the catalog file has. */
final class FirstKey {
    static final String PLAN = "local";
    private static final String CUSTOMER = "local";

    private FirstKey() {}

    static KeyText make(DynamoDbClient client, String table, Edit edit) {
        try {
            new PlanRegister(client, table).set(PLAN, unlimited(), edit);
            return new KeyRegister(LocalPortal.ENVIRONMENT, client, table, new SecureRandom())
                    .create(KeyOrder.of(CUSTOMER, PLAN), edit)
                    .text();
        } catch (CommandStopped e) {
            throw new IllegalStateException("a new table takes every good plan and key", e);
        }
    }

    private static Map<String, ItemValue> unlimited() {
        Map<String, ItemValue> fields = new LinkedHashMap<>();
        PlanItems.LIMITS.forEach(limit -> fields.put(limit, ItemValue.of(PlanItems.UNLIMITED)));
        fields.put(PlanItems.DESCRIPTION, ItemValue.of("For trying out on one machine."));
        return fields;
    }
}
