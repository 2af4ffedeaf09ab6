package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.http.Sse;
import network.cortensor.portal.api.http.TextEvents;

/** Sends each event as it comes, numbered from 0. Used by one thread. */
final class EventOutlet implements Outlet {
    private final ApiReply reply;
    private final TextEvents texts = new TextEvents();

    EventOutlet(ApiReply reply) {
        this.reply = reply;
    }

    @Override
    public void keepAlive() throws IOException {
        reply.comment("keep-alive");
    }

    @Override
    public void event(String type, Supplier<ObjectNode> fields) throws IOException {
        reply.event(Sse.event(type, numbered(type, fields.get())));
    }

    /** The number, which differs from event to event, stands before the fields. */
    @Override
    public void piece(String type, OutputItem item, String text, Function<String, ObjectNode> fields)
            throws IOException {
        String withoutBrace = texts.event(
                type, item, text, any -> fields.apply(any).toString().substring(1));
        reply.piece(Sse.event(
                type, "{\"type\":\"" + type + "\",\"sequence_number\":" + reply.events() + "," + withoutBrace));
    }

    @Override
    public void flush() throws IOException {
        reply.flush();
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
