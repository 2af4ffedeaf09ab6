package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.MemorySlotTable;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.SlotsThrottled;
import network.cortensor.portal.slots.SlotsUnavailable;

/** A table that takes its time for each call, and does not answer for some routers at all. */
final class SlowTable implements SlotTable {
    private final MemorySlotTable rows;
    private final VirtualTime time;
    private final Duration each;
    private Predicate<String> unanswered = router -> false;
    private Duration throttled = Duration.ZERO;
    private int reads;
    private int lostPuts;
    private Duration putsHeldUp = Duration.ZERO;

    SlowTable(MemorySlotTable rows, VirtualTime time, Duration each) {
        this.rows = rows;
        this.time = time;
        this.each = each;
    }

    /** For which routers there are no answers. */
    SlowTable unanswered(Predicate<String> routers) {
        unanswered = routers;
        return this;
    }

    /** Until when the table has more to do than it may, since the beginning. */
    SlowTable throttledFor(Duration time) {
        throttled = time;
        return this;
    }

    /** The first writes are carried out, and their answers lost. */
    SlowTable losingAnswersOfPuts(int first) {
        lostPuts = first;
        return this;
    }

    /** The next write takes so long. */
    SlowTable holdingUpAPut(Duration howLong) {
        putsHeldUp = howLong;
        return this;
    }

    /** How often a router was read. */
    int reads() {
        return reads;
    }

    @Override
    public List<Lease> rows(String router) throws SlotsUnavailable {
        reads++;
        pass(router);
        return rows.rows(router);
    }

    @Override
    public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
        pass(lease.session().router());
        time.pass(putsHeldUp);
        putsHeldUp = Duration.ZERO;
        Optional<Lease> inTheWay = rows.put(lease, expiredBefore);
        if (lostPuts > 0) {
            lostPuts--;
            throw new SlotsUnavailable(new IllegalStateException("the answer is lost"));
        }
        return inTheWay;
    }

    @Override
    public void delete(Lease lease) throws SlotsUnavailable {
        pass(lease.session().router());
        rows.delete(lease);
    }

    private void pass(String router) throws SlotsUnavailable {
        time.pass(each);
        if (time.sinceStart().compareTo(throttled) < 0) {
            throw new SlotsThrottled(new IllegalStateException("too much to do"));
        }
        if (unanswered.test(router)) {
            throw new SlotsUnavailable(new IllegalStateException("no answer"));
        }
    }
}
