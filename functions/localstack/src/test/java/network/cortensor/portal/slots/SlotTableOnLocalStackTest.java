package network.cortensor.portal.slots;

import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.localstack.LocalStack;
import network.cortensor.portal.localstack.OnLocalStack;
import network.cortensor.portal.testkit.dynamo.DynamoHost;

@OnLocalStack
class SlotTableOnLocalStackTest extends DynamoSlotTableTest {
    @Override
    DynamoHost host(TableNames tables) {
        return LocalStack.dynamo(tables);
    }
}
