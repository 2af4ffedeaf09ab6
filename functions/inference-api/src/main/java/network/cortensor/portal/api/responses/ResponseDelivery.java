package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.responses.OutputItem.Kind;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.dispatch.Delivery;

/**
 * An answer as a response: {@code response.created} and {@code response.in_progress}, then for each run of pieces of one kind an output item with its
 * events, then {@code response.completed}, or {@code response.incomplete} if the answer was cut. Used by one thread.
 */
final class ResponseDelivery implements Delivery {
    private final ResponseObject response;
    private final Outlet outlet;
    private final List<ObjectNode> output = new ArrayList<>();
    private Optional<OutputItem> open = Optional.empty();
    private boolean begun;

    ResponseDelivery(ResponseObject response, Outlet outlet) {
        this.response = response;
        this.outlet = outlet;
    }

    @Override
    public void keepAlive() throws IOException {
        begin();
        outlet.keepAlive();
    }

    @Override
    public void flush() throws IOException {
        outlet.flush();
    }

    @Override
    public void deliver(CompletionEvent event) throws IOException {
        begin();
        switch (event) {
            case CompletionEvent.Text text -> say(new Kind.Message(), text.text());
            case CompletionEvent.Reasoning reasoning ->
                say(new Kind.Reasoning(response.echo().shown()), reasoning.text());
            case CompletionEvent.ToolCallPiece piece -> say(call(piece), piece.arguments());
            case CompletionEvent.End end -> end(end.reason());
        }
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            outlet.event("response.created", () -> of("response", response.begun()));
            outlet.event("response.in_progress", () -> of("response", response.begun()));
        }
    }

    /** The pieces of a call after its first have neither id nor name. */
    private Kind call(CompletionEvent.ToolCallPiece piece) {
        return open.map(OutputItem::kind)
                .filter(kind -> kind instanceof Kind.Call call && call.call() == piece.index())
                .orElseGet(() -> new Kind.Call(
                        piece.index(), piece.id().orElse(""), piece.name().orElse("")));
    }

    private void say(Kind kind, String piece) throws IOException {
        if (open.filter(item -> item.kind().equals(kind)).isEmpty()) {
            close("completed");
            open(new OutputItem(kind, response.head().nonce(), output.size()));
        }
        OutputItem item = open.orElseThrow();
        item.add(piece);
        if (!piece.isEmpty()) {
            EventNames names = EventNames.of(kind);
            outlet.piece(names.delta(), item, piece, any -> names.placed(item).put("delta", any));
        }
    }

    private void open(OutputItem item) throws IOException {
        open = Optional.of(item);
        outlet.event("response.output_item.added", () -> placed(item, item.begun()));
        EventNames names = EventNames.of(item.kind());
        if (names.hasParts()) {
            outlet.event(names.partAdded(), () -> {
                ObjectNode event = names.placed(item);
                event.set("part", item.part());
                return event;
            });
        }
    }

    private void close(String status) throws IOException {
        if (open.isEmpty()) {
            return;
        }
        OutputItem item = open.get();
        EventNames names = EventNames.of(item.kind());
        outlet.event(names.done(), () -> names.placed(item).put(names.whole(), item.text()));
        if (names.hasParts()) {
            outlet.event(names.partDone(), () -> {
                ObjectNode event = names.placed(item);
                event.set("part", item.part());
                return event;
            });
        }
        ObjectNode ended = item.ended(status);
        output.add(ended);
        outlet.event("response.output_item.done", () -> placed(item, ended));
        open = Optional.empty();
    }

    private void end(FinishReason reason) throws IOException {
        String status = ResponseObject.status(reason);
        close(status);
        outlet.end("response." + status, response.ended(reason, output));
    }

    private static ObjectNode placed(OutputItem item, ObjectNode json) {
        return of("item", json).put("output_index", item.index());
    }

    private static ObjectNode of(String field, ObjectNode json) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.set(field, json);
        return event;
    }
}
