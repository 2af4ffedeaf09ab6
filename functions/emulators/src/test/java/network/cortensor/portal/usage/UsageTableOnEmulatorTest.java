package network.cortensor.portal.usage;

import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.emulated.Emulators;
import network.cortensor.portal.emulated.OnEmulator;
import network.cortensor.portal.testkit.dynamo.DynamoHost;

@OnEmulator
class UsageTableOnEmulatorTest extends DynamoUsageTableTest {
    @Override
    DynamoHost host(TableNames tables) {
        return Emulators.dynamo(tables);
    }
}
