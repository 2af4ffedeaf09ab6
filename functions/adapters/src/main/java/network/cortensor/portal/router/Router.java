package network.cortensor.portal.router;

import java.time.Duration;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.model.Target;

/**
 * Sends completions to targets. Implementations are safe for use by many threads.
 *
 * <p>Dispatch calls it on the request's own thread, and the prober on the thread of a deep probe. The caller holds the slot of the target's session, because nothing here
 * keeps two requests apart.
 */
public interface Router {
    /**
     * Begins one attempt and returns at once; connecting, sending and reading happen beside the caller. Never throws for what the
     * network or the router does: that is a {@link RouterEvent.Failed}.
     */
    RouterCall open(Target target, CompletionRequest request, CallTimes times);

    /**
     * Begins to connect to a target's router, before anybody knows whether something will be sent. A connection is no task: nobody needs a slot for it.
     *
     * @param within how soon it must stand
     */
    default Approach approach(Target target, Duration within) {
        return Approach.NONE;
    }

    /** Reads the credential for a target's router, so that it need not be read when something is sent. */
    default void readCredential(Target target) {}
}
