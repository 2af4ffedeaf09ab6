package network.cortensor.portal.prober;

import java.time.Instant;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;

/**
 * A target with its pool.
 *
 * @param promptFormat of an alias that leads to the pool; {@code plain} if none does
 */
record Subject(Pool pool, Target target, PromptFormat promptFormat) {

    State state() {
        return target.stateIn(pool);
    }

    /** Whether customers may be sent to it, as far as operators say. */
    boolean open(Instant now) {
        return target.openIn(pool, now);
    }
}
