package network.cortensor.portal.ssm;

import network.cortensor.portal.emulated.Emulators;
import network.cortensor.portal.emulated.OnEmulator;
import network.cortensor.portal.emulated.Service;
import software.amazon.awssdk.services.ssm.SsmClient;

@OnEmulator(Service.SSM)
class RouterKeysOnEmulatorTest extends StoredRouterKeysTest {
    @Override
    SsmClient client() {
        return client(Emulators.url(), Emulators.credentials());
    }
}
