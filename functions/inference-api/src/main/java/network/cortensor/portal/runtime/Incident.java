package network.cortensor.portal.runtime;

import java.util.Optional;

/**
 * Something that went wrong, with everything that Lambda is not told.
 *
 * @param requestId of the invocation, if there was one
 */
public record Incident(Step step, Optional<String> requestId, Throwable cause) {
    /** Where in an environment's life it happened. */
    public enum Step {
        /** Wiring. */
        INIT,
        /** The hooks before a snapshot. */
        CHECKPOINT,
        /** The hooks after a restore. */
        RESTORE,
        /** The handler. */
        HANDLE,
        /** Telling Lambda how an invocation ended. */
        RESPOND,
        /** Ending the environment in good order. */
        END,
        /** Any other call of Lambda's APIs. */
        API
    }
}
