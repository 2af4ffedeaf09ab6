package network.cortensor.portal.dispatch;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import network.cortensor.portal.slots.Lease;

/**
 * How many slots came free while one request waited and went to other processes, as the table of slots shows. It is all that a request sees of those who
 * wait for the same slots elsewhere. For one thread.
 */
final class Turnover {
    private final Set<String> owners = new HashSet<>();
    private final LongSupplier begunHere;
    private Optional<Instant> since = Optional.empty();
    private long begunBefore;

    /** @param begunHere how many attempts this process has begun for the same model: their slots were lost to nobody elsewhere */
    Turnover(LongSupplier begunHere) {
        this.begunHere = begunHere;
    }

    /** The request waits from now on, if it does not already. */
    void begins(Instant now) {
        if (since.isEmpty()) {
            since = Optional.of(now);
            begunBefore = begunHere.getAsLong();
        }
    }

    /** A look has shown a slot of somebody else. */
    void saw(Lease lease) {
        if (since.filter(begin -> lease.takenAt().isAfter(begin)).isPresent()) {
            owners.add(lease.owner());
        }
    }

    long lostToOtherProcesses() {
        return since.isEmpty() ? 0 : Math.max(0, owners.size() - (begunHere.getAsLong() - begunBefore));
    }
}
