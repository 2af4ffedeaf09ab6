package network.cortensor.portal.dynamo.activity;

import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.emulated.Emulators;
import network.cortensor.portal.emulated.OnEmulator;
import network.cortensor.portal.testkit.dynamo.DynamoHost;

@OnEmulator
class ActivityOnEmulatorTest extends DynamoActivityTest {
    @Override
    DynamoHost host(TableNames tables) {
        return Emulators.dynamo(tables);
    }
}
