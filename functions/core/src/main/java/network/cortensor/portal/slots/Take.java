package network.cortensor.portal.slots;

import java.time.Instant;
import java.util.List;

/** What came of trying to take a slot. */
public sealed interface Take {
    /**
     * Ours. A slot has two ends, and its taker calls one of them once, as soon as it knows what became of the task: {@link #release()} or {@link #keep()}. A worker
     * that dies before it calls one has kept the slot. Used by one thread.
     */
    final class Taken implements Take {
        private final Slots slots;
        private final Lease lease;
        private final Instant sendBefore;

        Taken(Slots slots, Lease lease, Instant sendBefore) {
            this.slots = slots;
            this.lease = lease;
            this.sendBefore = sendBefore;
        }

        public Lease lease() {
            return lease;
        }

        /** When the first byte must have left for the router, by our clock. */
        public Instant sendBefore() {
            return sendBefore;
        }

        /**
         * Gives the slot back. Allowed only if the router has surely ended the task, or if nothing was sent. Blocks for one write.
         *
         * @return {@link SlotEnd#RELEASED}, or {@link SlotEnd#UNCERTAIN} if the table did not answer
         */
        public SlotEnd release() {
            return slots.release(lease) ? SlotEnd.RELEASED : SlotEnd.UNCERTAIN;
        }

        /**
         * Leaves the slot taken until it expires, because the router may still work on the task. Writes nothing.
         *
         * @return {@link SlotEnd#KEPT}
         */
        public SlotEnd keep() {
            return SlotEnd.KEPT;
        }
    }

    /** All are taken, or others were faster again and again. {@code by} are the leases seen. */
    record Busy(List<Lease> by) implements Take {
        public Busy {
            by = List.copyOf(by);
        }
    }

    /** The table did not show its rows: nothing was written, and the next look will hardly fare better. A reason to try another router. */
    record Unreadable() implements Take {}

    /**
     * The rows were read, and the write was lost or held up for too long: treated as not taken. A reason to try another session, and to wait, because the
     * table can be read and this write may be the only one that was lost.
     */
    record Doubtful() implements Take {}

    /** The table has more to do than it may. Not taken, and a reason to wait: it will answer soon. */
    record Throttled() implements Take {}
}
