package network.cortensor.portal.dynamo.catalog;

import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.localstack.LocalStack;
import network.cortensor.portal.localstack.OnLocalStack;
import network.cortensor.portal.testkit.dynamo.DynamoHost;

@OnLocalStack
class CatalogOnLocalStackTest extends DynamoCatalogTest {
    @Override
    DynamoHost host(TableNames tables) {
        return LocalStack.dynamo(tables);
    }
}
