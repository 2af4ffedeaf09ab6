package network.cortensor.portal.history;

import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.emulated.Emulators;
import network.cortensor.portal.emulated.OnEmulator;
import network.cortensor.portal.testkit.dynamo.DynamoHost;

@OnEmulator
class HistoryOnEmulatorTest extends CatalogHistoryTest {
    @Override
    DynamoHost host(TableNames tables) {
        return Emulators.dynamo(tables);
    }
}
