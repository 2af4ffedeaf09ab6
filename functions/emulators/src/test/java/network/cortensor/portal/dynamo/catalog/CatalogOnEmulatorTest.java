package network.cortensor.portal.dynamo.catalog;

import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.emulated.Emulators;
import network.cortensor.portal.emulated.OnEmulator;
import network.cortensor.portal.testkit.dynamo.DynamoHost;

@OnEmulator
class CatalogOnEmulatorTest extends DynamoCatalogTest {
    @Override
    DynamoHost host(TableNames tables) {
        return Emulators.dynamo(tables);
    }
}
