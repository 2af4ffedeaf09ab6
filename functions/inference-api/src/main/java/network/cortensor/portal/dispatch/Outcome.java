package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.Optional;

/** How a request ended. */
public sealed interface Outcome {

    Effort effort();

    /** The whole answer was delivered, its end included. */
    record Answered(Effort effort) implements Outcome {}

    /** No whole answer was delivered. If the delivery had been committed, the customer still waits for an error event. */
    record Unanswered(Refusal refusal, Effort effort) implements Outcome {}

    /**
     * What the request cost.
     *
     * @param attempts how many times something was sent to a router, or tried to be
     * @param queueWait how long it waited for a slot
     * @param firstToken from receipt to the first token, if one came
     */
    record Effort(int attempts, Duration queueWait, Optional<Duration> firstToken) {
        /** Nothing was tried. */
        public static final Effort NONE = new Effort(0, Duration.ZERO, Optional.empty());
    }
}
