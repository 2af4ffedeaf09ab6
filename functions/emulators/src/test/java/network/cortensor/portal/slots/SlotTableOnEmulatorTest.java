package network.cortensor.portal.slots;

import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.emulated.Emulators;
import network.cortensor.portal.emulated.OnEmulator;
import network.cortensor.portal.testkit.dynamo.DynamoHost;

@OnEmulator
class SlotTableOnEmulatorTest extends DynamoSlotTableTest {
    @Override
    DynamoHost host(TableNames tables) {
        return Emulators.dynamo(tables);
    }
}
