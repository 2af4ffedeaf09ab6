package network.cortensor.portal.dynamo;

import network.cortensor.portal.emulated.Emulators;
import network.cortensor.portal.emulated.OnEmulator;
import network.cortensor.portal.testkit.dynamo.DynamoHost;

@OnEmulator
class SchemaOnEmulatorTest extends TableSchemaTest {
    @Override
    DynamoHost host(TableNames tables) {
        return Emulators.dynamo(tables);
    }
}
