package network.cortensor.portal.usage;

import java.util.Optional;

/**
 * The table of usage. Implementations are safe for use by many threads. After a {@link UsageUnavailable} it is unknown whether a write was
 * carried out, or will be still.
 *
 * <p>{@link Ledger} calls it on the request's own thread: before the body is read, before anything is sent to a router, and after the customer has the answer. Each call
 * blocks for one trip to the table, at most 3 s.
 */
public interface UsageTable {
    /** A customer's counters, read consistently; {@link Counters#none} if there are none. */
    Counters counters(String customer) throws UsageUnavailable;

    /**
     * Adds a request to the counters, on condition that they were not made anew since they were seen, that the request neither is in them nor left
     * since then, and that its bounds hold.
     *
     * @param seen ones that have a place for the key
     */
    CountersWrite enter(Counters seen, Entry entry) throws UsageUnavailable;

    /**
     * Takes a request out of the counters, on condition that it is in them and that they do not stand too early.
     *
     * @param seen ones that have the key's place
     */
    CountersWrite leave(Counters seen, Exit exit) throws UsageUnavailable;

    /**
     * Adds a refused request to the current sixtieth of the minute, on condition that the counters were not made anew since they were seen. One whose answer
     * is lost may be counted by each try.
     *
     * @param seen ones that have a place for the key
     */
    CountersWrite countRefused(Counters seen, String keyId) throws UsageUnavailable;

    /** Makes the counters anew, on condition that they were not written at all since they were seen. */
    CountersWrite roll(Counters seen, Counters next) throws UsageUnavailable;

    /** Records what a key used in a period that is over, unless more is recorded already. */
    void record(Period.Sum sum) throws UsageUnavailable;

    /** Writes an open event, unless there is one of the same request. */
    void open(UsageEvent event) throws UsageUnavailable;

    /**
     * Writes a settled event, unless there is one that is not open any more.
     *
     * @return the one that stands
     */
    UsageEvent settle(UsageEvent event) throws UsageUnavailable;

    /**
     * Closes the event of a request if it is open.
     *
     * @return the event as it stands then; empty if there is none, because nothing was ever sent for it
     */
    Optional<UsageEvent> close(String keyId, RequestId request) throws UsageUnavailable;
}
