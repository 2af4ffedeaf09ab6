package network.cortensor.portal.dynamo.health;

import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.localstack.LocalStack;
import network.cortensor.portal.localstack.OnLocalStack;
import network.cortensor.portal.testkit.dynamo.DynamoHost;

@OnLocalStack
class HealthOnLocalStackTest extends DynamoHealthTest {
    @Override
    DynamoHost host(TableNames tables) {
        return LocalStack.dynamo(tables);
    }
}
