package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Target;

/**
 * Learns what real traffic shows about targets, beside the request. Implementations are safe for use by many threads and never throw.
 *
 * <p>Dispatch calls {@link #worked} and {@link #failed} on the request's own thread after each attempt; they return at once. The invocation's handler calls {@link #finish} on
 * that thread after the request is settled; it blocks until what was begun is written or lost: a read and a write for each try, each at most 3 s.
 */
public interface Witness {
    /** @param firstToken from the first byte sent to the first token, where there was one */
    void worked(Target target, Optional<Duration> firstToken);

    void failed(Target target, Failure failure);

    /**
     * Returns when everything that was seen so far is learnt, or cannot be. For when the customer has the answer and before the worker may be
     * frozen.
     */
    void finish();

    /** Learns nothing. */
    Witness NONE = new Witness() {
        @Override
        public void worked(Target target, Optional<Duration> firstToken) {}

        @Override
        public void failed(Target target, Failure failure) {}

        @Override
        public void finish() {}
    };
}
