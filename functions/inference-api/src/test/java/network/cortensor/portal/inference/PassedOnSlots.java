package network.cortensor.portal.inference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.SlotsUnavailable;

/** Passes every call on. */
class PassedOnSlots implements SlotTable {
    private final SlotTable table;

    PassedOnSlots(SlotTable table) {
        this.table = table;
    }

    @Override
    public List<Lease> rows(String router) throws SlotsUnavailable {
        return table.rows(router);
    }

    @Override
    public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
        return table.put(lease, expiredBefore);
    }

    @Override
    public void delete(Lease lease) throws SlotsUnavailable {
        table.delete(lease);
    }
}
