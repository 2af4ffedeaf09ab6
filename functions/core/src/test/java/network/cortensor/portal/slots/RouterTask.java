package network.cortensor.portal.slots;

import java.time.Instant;

/**
 * What a router works on for a worker, from the first byte of its request.
 *
 * @param place how the worker saw the target
 * @param take how it came to its slot
 * @param endsAt when the router ends it, however long anyone waits for it
 */
record RouterTask(String worker, TargetPlace place, Taking take, Instant sentAt, Instant endsAt, Fate fate) {

    /**
     * How a worker came to a slot.
     *
     * @param began when it began to look around, with the capacities of that moment in mind
     * @param read the number of the call by which it saw the router's slots
     */
    record Taking(Instant began, long read, Lease lease) {}

    /** How a task goes, as far as the worker can see. */
    enum Fate {
        /** Ends with an answer, also an error that says that it is over. */
        ANSWERED,
        /** The worker's deadline passes, the connection breaks, or a proxy speaks: the router goes on. */
        ABANDONED
    }

    String owner() {
        return take.lease().owner();
    }

    @Override
    public String toString() {
        return "%s (capacity %d in mind, slot %d, owner %s, %s)"
                .formatted(worker, place.capacity(), take.lease().number(), owner().substring(0, 4), fate);
    }
}
