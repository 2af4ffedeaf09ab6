package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import network.cortensor.portal.api.http.ApiReply;

/** Sends the response when it is whole, and none of its events. */
record WholeOutlet(ApiReply reply) implements Outlet {
    /** A whole answer has no way to show that it is on its way. */
    @Override
    public void keepAlive() {}

    @Override
    public void event(String type, Supplier<ObjectNode> fields) {}

    @Override
    public void piece(String type, OutputItem item, String text, Function<String, ObjectNode> fields) {}

    @Override
    public void flush() {}

    @Override
    public void end(String type, ObjectNode response) throws IOException {
        reply.json(200, Map.of(), response);
    }
}
