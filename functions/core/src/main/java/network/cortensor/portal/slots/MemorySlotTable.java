package network.cortensor.portal.slots;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.model.Session;

/**
 * Taken slots in this process's own memory: for a worker's rehearsal before its snapshot, when no table is to be written, and for tests.
 * It never keeps two processes apart.
 */
public final class MemorySlotTable implements SlotTable {
    private final Map<Key, Lease> rows = new HashMap<>();

    private record Key(Session session, int number) {
        static Key of(Lease lease) {
            return new Key(lease.session(), lease.number());
        }
    }

    @Override
    public synchronized List<Lease> rows(String router) {
        return rows.values().stream()
                .filter(row -> row.session().router().equals(router))
                .toList();
    }

    @Override
    public synchronized Optional<Lease> put(Lease lease, Instant expiredBefore) {
        Optional<Lease> present = Optional.ofNullable(rows.get(Key.of(lease)));
        if (present.filter(row -> !row.expiresAt().isBefore(expiredBefore)).isPresent()) {
            return present;
        }
        rows.put(Key.of(lease), lease);
        return Optional.empty();
    }

    @Override
    public synchronized void delete(Lease lease) {
        rows.computeIfPresent(Key.of(lease), (key, row) -> row.owner().equals(lease.owner()) ? null : row);
    }
}
