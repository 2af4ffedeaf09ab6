package network.cortensor.portal.usage;

import java.util.List;

class MemoryUsageTableTest extends UsageTableContract {
    private final MemoryUsageTable table = new MemoryUsageTable();

    @Override
    UsageTable table() {
        return table;
    }

    @Override
    List<Period.Sum> sums() {
        return List.copyOf(table.sums());
    }
}
