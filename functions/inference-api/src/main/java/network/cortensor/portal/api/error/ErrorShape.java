package network.cortensor.portal.api.error;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** How a family of APIs words errors. */
public interface ErrorShape {
    /** The body of an answer. */
    ObjectNode body(ApiError error);

    /**
     * The last event of a stream that cannot be ended otherwise.
     *
     * @param number how many events have gone before
     */
    String event(ApiError error, int number);

    /** Headers by which customers name a request to us, on every answer of the family. */
    Map<String, String> identity(String requestId);
}
