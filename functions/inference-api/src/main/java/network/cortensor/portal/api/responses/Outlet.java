package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where the events of a response go. */
interface Outlet {
    /** Shows a waiting customer that the request lives. */
    void keepAlive() throws IOException;

    /** @param fields of the event, made only where they are sent */
    void event(String type, Supplier<ObjectNode> fields) throws IOException;

    /**
     * An event that differs from others of its type and item in its number and its text alone. It may be kept until the next {@link #flush}, or for whatever else is sent.
     *
     * @param fields of the event with a text, which is the last of them
     */
    void piece(String type, OutputItem item, String text, Function<String, ObjectNode> fields) throws IOException;

    /** Sends what was kept. */
    void flush() throws IOException;

    /** The last event, with the response. */
    void end(String type, ObjectNode response) throws IOException;
}
