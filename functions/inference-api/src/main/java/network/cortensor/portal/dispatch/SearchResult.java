package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.Optional;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.slots.Take;

/** What came of looking for a place to send a request to. */
sealed interface SearchResult {
    /**
     * A target that may be sent to now.
     *
     * @param slot absent for targets that need none
     * @param firstToken how long it may stay silent: less than its pool allows, if another target could be asked
     * @param model that it serves
     * @param catalogAge how old the catalog was that led here
     */
    record Found(
            Target target,
            Pool pool,
            Optional<Take.Taken> slot,
            Duration firstToken,
            ServedModel model,
            Duration catalogAge)
            implements SearchResult {
        Found within(Duration patience) {
            return new Found(target, pool, slot, patience, model, catalogAge);
        }

        /** Whether more patience was possible than it is given. */
        boolean impatient() {
            return firstToken.compareTo(pool.times().firstToken()) < 0;
        }
    }

    /** Nothing, and no use to wait longer. */
    record Nothing(Refusal refusal) implements SearchResult {}
}
