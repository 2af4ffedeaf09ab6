package network.cortensor.portal.dispatch;

import java.io.IOException;

/**
 * Has a request answered by one of its alias's targets. Implementations are safe for use by many threads.
 *
 * <p>The API calls it on the request's own thread, once the request is admitted. A call blocks until the request's time is over at the latest: {@code totalSeconds} of the pool
 * from the receipt of the request, or 10 s before the platform ends the worker.
 */
public interface Dispatcher {
    /**
     * Blocks until the answer is delivered or cannot be. When it returns, nothing works on the request any more.
     *
     * @throws IOException if the delivery does
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Outcome dispatch(Job job, Delivery delivery) throws IOException, InterruptedException;

    /** Makes ready for a request of a customer, of which nothing else is known yet. */
    default Preparation prepare(String customer) {
        return new Preparation.None(this);
    }
}
