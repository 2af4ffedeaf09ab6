package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Supplier;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.http.Sse;

/** Sends each event as it comes, numbered from 0. */
record EventOutlet(ApiReply reply) implements Outlet {
    @Override
    public void keepAlive() throws IOException {
        reply.comment("keep-alive");
    }

    @Override
    public void event(String type, Supplier<ObjectNode> fields) throws IOException {
        reply.event(Sse.event(type, numbered(type, fields.get())));
    }

    @Override
    public void end(String type, ObjectNode response) throws IOException {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.set("response", response);
        reply.lastEvent(Sse.event(type, numbered(type, fields)));
    }

    private ObjectNode numbered(String type, ObjectNode fields) {
        ObjectNode event =
                JsonNodeFactory.instance.objectNode().put("type", type).put("sequence_number", reply.events());
        event.setAll(fields);
        return event;
    }
}
