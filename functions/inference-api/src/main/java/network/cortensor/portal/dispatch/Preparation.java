package network.cortensor.portal.dispatch;

import java.io.IOException;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.routing.Needs;

/**
 * A request's way to a router, as far as it can be gone before the request is let in, so that it need not wait for one thing after the other. What was done
 * ahead and is not needed is undone or expires; {@code trips.md} of the tests has a row for each such case. Used by one thread.
 */
public interface Preparation extends AutoCloseable {
    /**
     * Begins to read the slots of the router that the request would go to by {@code view}, and the router's credential. Called again with another view, it reads
     * what that one needs besides.
     *
     * @param view may be old: it only tells what to read
     * @param needs what the request needs a target to serve
     */
    void look(AliasView view, Needs needs);

    /** Begins to connect to the router of the first target that may have a free slot, by what was {@linkplain #look looked} at last. */
    void connect();

    /**
     * What {@link Dispatcher#dispatch} does. Slots may be taken at once, but nothing is sent before the request is recorded.
     *
     * @throws IOException if the delivery does
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Outcome dispatch(Job job, Recorded recorded, Delivery delivery) throws IOException, InterruptedException;

    /** Undoes what was not needed, and waits until nothing works on the request any more: the last slot's release may still be on its way. */
    @Override
    void close();

    /** The record of a request, which is written beside the take of its first slot. */
    @FunctionalInterface
    interface Recorded {
        /** Whether the record surely stands. Waits until that is known. */
        boolean stands();
    }

    /** Does nothing ahead. */
    record None(Dispatcher dispatcher) implements Preparation {
        @Override
        public void look(AliasView view, Needs needs) {}

        @Override
        public void connect() {}

        @Override
        public Outcome dispatch(Job job, Recorded recorded, Delivery delivery)
                throws IOException, InterruptedException {
            return recorded.stands()
                    ? dispatcher.dispatch(job, delivery)
                    : new Outcome.Unanswered(new Refusal.StoreUnavailable(), Outcome.Effort.NONE);
        }

        @Override
        public void close() {}
    }
}
