package network.cortensor.portal.slots;

import java.time.Instant;
import java.util.List;

/** What came of trying to take a slot. */
public sealed interface Take {
    /** Ours. {@code sendBefore} is when the first byte must have left for the router, by our clock. */
    record Taken(Lease lease, Instant sendBefore) implements Take {}

    /** All are taken. {@code by} are the leases seen; empty when another taker was faster. */
    record Busy(List<Lease> by) implements Take {
        public Busy {
            by = List.copyOf(by);
        }
    }

    /** Nobody knows: treated as not taken, and as a reason to try another session. */
    record Doubtful() implements Take {}

    /** The table has more to do than it may. Not taken, and a reason to wait: it will answer soon. */
    record Throttled() implements Take {}
}
