package network.cortensor.portal.runtime;

import java.io.IOException;
import java.io.OutputStream;

/** Where the answer to one invocation goes. Used by one thread at a time, and only until the handler has returned. */
public interface ResponseStream {
    /**
     * Sends status and headers at once; from here on they stand.
     *
     * <p>Each write to the stream goes out as one chunk, at once, so a caller that writes byte by byte pays for each of them. Closing
     * it ends the answer for the customer, and the handler may then go on with what the customer need not wait for. A customer who
     * reads slowly holds writes up, but not beyond the last seconds of the invocation: then they fail.
     *
     * @throws IllegalStateException if the answer has begun already
     * @throws IOException from here or from a write: Lambda no longer takes this answer
     */
    OutputStream begin(Prelude prelude) throws IOException;
}
