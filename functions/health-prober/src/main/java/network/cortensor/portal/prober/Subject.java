package network.cortensor.portal.prober;

import java.time.Instant;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.prompt.Prompt;

/**
 * A target with its pool.
 *
 * @param promptFormat of an alias that leads to the pool; {@code plain} if none does
 */
record Subject(Pool pool, Target target, PromptFormat promptFormat) {

    /** Whether customers get more of the model where special tokens arrive, and its operator does not say whether they do. */
    boolean dependsOnSpecialTokens() {
        return target.protocol() instanceof Protocol.Cortensor cortensor
                && cortensor.rawText().specialTokens() == SpecialTokens.UNKNOWN
                && Prompt.needsSpecialTokens(promptFormat);
    }

    State state() {
        return target.stateIn(pool);
    }

    /** Whether customers may be sent to it, as far as operators say. */
    boolean open(Instant now) {
        return target.openIn(pool, now);
    }
}
