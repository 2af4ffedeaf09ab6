package network.cortensor.portal.router;

import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.model.Target;

/**
 * A connection to a router that is made before anybody knows whether something will be sent on it. It serves one attempt at most; one that has stood for more
 * than two seconds by then, or does not stand, is replaced by a new one. Used by one thread.
 */
public interface Approach extends AutoCloseable {
    /** Whether it leads to the target's router, and nothing was sent on it. */
    boolean leadsTo(Target target);

    /**
     * What {@link Router#open} does, on this connection.
     *
     * @param target one that it leads to
     */
    RouterCall open(Target target, CompletionRequest request, CallTimes times);

    /** Closes the connection, unless it was used: then it is its call's. Waits until no thread works on it. */
    @Override
    void close();

    /** Leads nowhere. */
    Approach NONE = new Approach() {
        @Override
        public boolean leadsTo(Target target) {
            return false;
        }

        @Override
        public RouterCall open(Target target, CompletionRequest request, CallTimes times) {
            throw new IllegalStateException("target: " + target.id() + " (expected: none)");
        }

        @Override
        public void close() {}
    };
}
