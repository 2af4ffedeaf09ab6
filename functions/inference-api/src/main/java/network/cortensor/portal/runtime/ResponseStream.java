package network.cortensor.portal.runtime;

import java.io.IOException;
import java.io.OutputStream;

/** Where the answer to one invocation goes. Used by one thread at a time, and only until the handler has returned. */
public interface ResponseStream {
    /**
     * Sends status and headers at once; from here on they stand.
     *
     * <p>Each write to the stream goes out as one chunk, at once, so a caller that writes byte by byte pays for each of them. Closing
     * the stream says nothing to the customer, so an exception that leaves a try-with-resources still breaks the answer off. A
     * customer who reads slowly holds writes up, but not beyond the last seconds of the invocation: then they fail.
     *
     * @throws IllegalStateException if the answer has begun already
     * @throws IOException from here or from a write: Lambda no longer takes this answer
     */
    OutputStream begin(Prelude prelude) throws IOException;

    /**
     * Tells the customer that the answer is whole, so that the handler can go on with what the customer need not wait for. A handler
     * that has nothing more to do just returns.
     *
     * @throws IllegalStateException if the answer has not begun
     */
    void end() throws IOException;
}
