package network.cortensor.portal.dynamo.keys;

import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.localstack.LocalStack;
import network.cortensor.portal.localstack.OnLocalStack;
import network.cortensor.portal.testkit.dynamo.DynamoHost;

@OnLocalStack
class KeysOnLocalStackTest extends DynamoKeysTest {
    @Override
    DynamoHost host(TableNames tables) {
        return LocalStack.dynamo(tables);
    }
}
