package network.cortensor.portal.slots;

class MemorySlotTableTest extends SlotTableContract {
    private final MemorySlotTable table = new MemorySlotTable();

    @Override
    SlotTable table() {
        return table;
    }
}
