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

    /** The worse of the pool's and the target's; what an alias says concerns its own customers only. */
    State state() {
        return pool.state().worst(target.state());
    }

    /** Whether customers may be sent to it, as far as operators say. */
    boolean open(Instant now) {
        return state().takesRequests()
                && target.weight() > 0
                && target.sessionExpiresAt()
                        .filter(end -> !end.isAfter(now.plus(pool.times().attempt())))
                        .isEmpty();
    }
}
