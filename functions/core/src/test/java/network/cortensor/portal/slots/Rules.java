package network.cortensor.portal.slots;

import java.time.Instant;
import java.util.Optional;
import network.cortensor.portal.model.Session;

/**
 * The rules that a world's workers play by: the protocol's, unless a test breaks one of them to see the simulation notice.
 */
interface Rules {
    /** The protocol as it is. */
    Rules OURS = new Rules() {};

    default Slots.Terms terms() {
        return Slots.Terms.PRODUCTION;
    }

    /** The table, before the network to it. */
    default SlotTable far(SlotTable shared, WorkerView world) {
        return shared;
    }

    /** The table, behind the network to it. */
    default SlotTable near(SlotTable table) {
        return table;
    }

    /** Whose slots are taken for a place. */
    default Session slotsOf(TargetPlace place) {
        return place.session();
    }

    default boolean mayRelease(RouterTask.Fate fate) {
        return fate == RouterTask.Fate.ANSWERED;
    }

    default boolean maySend(Instant now, Instant sendBefore) {
        return now.isBefore(sendBefore);
    }

    /** Something that a living worker does every few seconds while its task runs. */
    default Optional<Upkeep> upkeep() {
        return Optional.empty();
    }

    /** See {@link #upkeep}. */
    interface Upkeep {
        void keep(SlotTable table, Lease lease, Instant now) throws SlotsUnavailable;
    }
}
