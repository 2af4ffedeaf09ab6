package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.Optional;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.slots.Take;

/** What came of looking for a place to send a request to. */
sealed interface Find {
    /**
     * A target that may be sent to now.
     *
     * @param slot absent for targets that need none
     * @param catalogAge how old the catalog was that led here
     */
    record Found(Target target, Pool pool, Optional<Take.Taken> slot, Duration catalogAge) implements Find {}

    /** Nothing, and no use to wait longer. */
    record Nothing(Refusal refusal) implements Find {}
}
