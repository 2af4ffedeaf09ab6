package network.cortensor.portal.slots;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The table of taken slots. Implementations are safe for use by many threads.
 *
 * <p>{@link Slots} calls it on the thread of the request or the deep probe that wants the slot or gives it back. Each call blocks for one trip to the table, at most 3
 * s, so that a slot that was taken late can still be seen to be late.
 */
public interface SlotTable {
    /**
     * Every row of a router, expired ones included, read consistently.
     *
     * @param router host and port, as in a session's key
     * @throws SlotsUnavailable if the table does not answer in time
     */
    List<Lease> rows(String router) throws SlotsUnavailable;

    /**
     * Writes the row if there is none, or if the one that is there expired before {@code expiredBefore}.
     *
     * @return empty if it was written; otherwise the row that stands in the way
     * @throws SlotsUnavailable if the answer is lost; the row may have been written, or may be still
     */
    Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable;

    /**
     * Deletes the row if it is still this owner's; otherwise nothing happens.
     *
     * @throws SlotsUnavailable if the answer is lost
     */
    void delete(Lease lease) throws SlotsUnavailable;
}
