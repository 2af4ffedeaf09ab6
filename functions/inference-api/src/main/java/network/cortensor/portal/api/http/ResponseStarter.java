package network.cortensor.portal.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** The front's side of an answer. */
@FunctionalInterface
public interface ResponseStarter {
    /**
     * Sends status and headers, and returns where the body goes. Called at most once per request. What is flushed reaches the customer at
     * once. The caller does not close the stream; {@link #end} does.
     *
     * @param headers names in lower case
     * @throws IOException if the worker's own connection is gone
     */
    OutputStream begin(int status, Map<String, String> headers) throws IOException;

    /**
     * Tells the customer that the answer is whole, before everything else about the request is done.
     *
     * @throws IOException if the worker's own connection is gone
     */
    default void end() throws IOException {}
}
