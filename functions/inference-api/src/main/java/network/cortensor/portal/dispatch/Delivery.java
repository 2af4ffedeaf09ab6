package network.cortensor.portal.dispatch;

import java.io.IOException;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.CompletionEvent;

/**
 * The customer's end of an answer. Dispatch calls it on the request's own thread, in this order: any number of {@link #keepAlive}s if a stream was wished, then
 * content, then one end. A call blocks while the front takes no more bytes, which it does as fast as it can, whether or not the customer still reads.
 *
 * <p>An {@link IOException} means that the worker's own connection is gone; the request is over.
 */
public interface Delivery {
    /**
     * Names the model that what follows comes from: one attempt's, until it is called again. It makes no difference to a delivery that names no model.
     */
    default void from(ServedModel model) {}

    /** Shows a waiting customer that the request lives. The first one commits the answer's status to 200. */
    void keepAlive() throws IOException;

    /**
     * The next piece of the answer or its end. The first one commits the answer, if nothing did before. A piece may be kept until the next
     * {@link #flush}, so that pieces that come together are sent together.
     */
    void deliver(CompletionEvent event) throws IOException;

    /** Sends what was kept. Called before every wait for more. */
    default void flush() throws IOException {}
}
