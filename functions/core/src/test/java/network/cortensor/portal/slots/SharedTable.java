package network.cortensor.portal.slots;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import network.cortensor.portal.testkit.schedule.Schedule;

/**
 * The one table that all workers share. Carries out each call at once and exactly; numbers the calls, so that it can be told what was
 * surely visible to whom; and deletes expired rows whenever it likes, by a clock of its own.
 */
final class SharedTable implements SlotTable {
    private static final Written NEVER = new Written(Long.MAX_VALUE, Instant.MAX);

    private final MemorySlotTable rows = new MemorySlotTable();
    private final Map<String, Written> written = new HashMap<>();
    private final Schedule schedule;
    private final Duration ahead;
    private final Conditions.Ttl ttl;
    private final RandomGenerator random;
    private long calls;
    private Instant lastExpiry = Instant.EPOCH;

    /** When a row came to be. */
    record Written(long call, Instant at) {}

    SharedTable(Schedule schedule, Duration ahead, Conditions.Ttl ttl, RandomGenerator random) {
        this.schedule = schedule;
        this.ahead = ahead;
        this.ttl = ttl;
        this.random = random;
    }

    /** How many calls were carried out so far. */
    long calls() {
        return calls;
    }

    /** The call that first wrote an owner's row, and when. */
    Written written(String owner) {
        return written.getOrDefault(owner, NEVER);
    }

    /** The latest expiry of any row that was ever written. */
    Instant lastExpiry() {
        return lastExpiry;
    }

    @Override
    public List<Lease> rows(String router) {
        calls++;
        return rows.rows(router);
    }

    @Override
    public Optional<Lease> put(Lease lease, Instant expiredBefore) {
        calls++;
        Optional<Lease> inTheWay = rows.put(lease, expiredBefore);
        if (inTheWay.isEmpty()) {
            written.putIfAbsent(lease.owner(), new Written(calls, schedule.instant()));
            lastExpiry = lastExpiry.isAfter(lease.expiresAt()) ? lastExpiry : lease.expiresAt();
            expire(lease);
        }
        return inTheWay;
    }

    @Override
    public void delete(Lease lease) {
        calls++;
        rows.delete(lease);
    }

    /** Half of the expired rows go at once, some later, some never. */
    private void expire(Lease lease) {
        int mood = random.nextInt(10);
        if (ttl == Conditions.Ttl.KEEPS || mood >= 8) {
            return;
        }
        Instant expired = lease.expiresAt().minus(ahead);
        Instant earliest = expired.isAfter(schedule.instant()) ? expired : schedule.instant();
        schedule.at(earliest.plusMillis(mood < 5 ? 0 : random.nextInt(120_000)), () -> rows.delete(lease));
    }
}
