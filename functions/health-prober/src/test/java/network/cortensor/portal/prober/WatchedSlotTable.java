package network.cortensor.portal.prober;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.MemorySlotTable;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.SlotsUnavailable;

/** Slots in memory, where something may be made to happen after a read. */
final class WatchedSlotTable implements SlotTable {
    private final SlotTable rows = new MemorySlotTable();
    private final ConcurrentLinkedDeque<Runnable> afterReads = new ConcurrentLinkedDeque<>();

    /** Happens once, after the next read has its rows. */
    void afterTheNextRead(Runnable happening) {
        afterReads.add(happening);
    }

    @Override
    public List<Lease> rows(String router) throws SlotsUnavailable {
        List<Lease> read = rows.rows(router);
        Optional.ofNullable(afterReads.poll()).ifPresent(Runnable::run);
        return read;
    }

    @Override
    public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
        return rows.put(lease, expiredBefore);
    }

    @Override
    public void delete(Lease lease) throws SlotsUnavailable {
        rows.delete(lease);
    }
}
