package network.cortensor.portal.benchmarks.overload;

import java.time.Duration;

/**
 * One request and what came of it.
 *
 * @param began since the crowd began
 * @param took until the last byte
 * @param asTold whether its customer was refused before, and came back after the time that the refusal named
 */
record Visit(String customer, Duration began, Duration took, End end, boolean asTold) {
    sealed interface End {
        /** A whole answer. */
        record Served() implements End {}

        /** A refusal that says when to come back. */
        record Refused(Duration retryAfter) implements End {}

        /** Anything else, which nobody should see. */
        record Otherwise(int status) implements End {}
    }

    Duration ended() {
        return began.plus(took);
    }

    boolean served() {
        return end instanceof End.Served;
    }

    boolean refused() {
        return end instanceof End.Refused;
    }
}
