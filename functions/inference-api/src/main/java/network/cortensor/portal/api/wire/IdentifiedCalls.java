package network.cortensor.portal.api.wire;

import java.io.IOException;
import java.util.Optional;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.dispatch.Delivery;

/**
 * Knows what an answer says about itself: tells its model, and gives calls that came without an id one of ours, by which customers can send the results: {@code call_} with the answer's nonce and the
 * call's index, so that no two calls of a conversation share one.
 */
public record IdentifiedCalls(Head head, Delivery delivery) implements Delivery {
    @Override
    public void from(ServedModel model) {
        head.name().from(model);
    }

    @Override
    public void keepAlive() throws IOException {
        delivery.keepAlive();
    }

    @Override
    public void flush() throws IOException {
        delivery.flush();
    }

    @Override
    public void deliver(CompletionEvent event) throws IOException {
        delivery.deliver(event instanceof CompletionEvent.ToolCallPiece piece ? identified(piece) : event);
    }

    private CompletionEvent identified(CompletionEvent.ToolCallPiece piece) {
        Optional<String> ours = piece.name().map(first -> "call_" + head.nonce() + "_" + piece.index());
        return new CompletionEvent.ToolCallPiece(
                piece.index(), piece.id().or(() -> ours), piece.name(), piece.arguments());
    }
}
