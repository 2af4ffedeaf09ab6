package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Supplier;

/** Where the events of a response go. */
interface Outlet {
    /** Shows a waiting customer that the request lives. */
    void keepAlive() throws IOException;

    /** @param fields of the event, made only where they are sent */
    void event(String type, Supplier<ObjectNode> fields) throws IOException;

    /** The last event, with the response. */
    void end(String type, ObjectNode response) throws IOException;
}
