package network.cortensor.portal.ssm;

import network.cortensor.portal.localstack.LocalStack;
import network.cortensor.portal.localstack.OnLocalStack;
import software.amazon.awssdk.services.ssm.SsmClient;

@OnLocalStack
class RouterKeysOnLocalStackTest extends StoredRouterKeysTest {
    @Override
    SsmClient client() {
        return client(LocalStack.url(), LocalStack.credentials());
    }
}
