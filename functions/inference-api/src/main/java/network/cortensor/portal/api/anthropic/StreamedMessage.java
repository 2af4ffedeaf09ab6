package network.cortensor.portal.api.anthropic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.http.Sse;
import network.cortensor.portal.api.http.TextEvents;
import network.cortensor.portal.api.wire.Head;
import network.cortensor.portal.api.wire.TokenTally;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.Message.ToolCall;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.dispatch.Delivery;

/**
 * An answer as the events of a message: {@code message_start}, then for each run of pieces of one kind a block with its start, deltas and
 * stop, then {@code message_delta} and {@code message_stop}.
 */
final class StreamedMessage implements Delivery {
    private final Head head;
    private final TokenTally tally;
    private final ApiReply reply;
    private final TextEvents deltas = new TextEvents();
    private boolean started;
    private int index = -1;
    private Kind open = new Kind.None();

    /** What the open block holds. */
    private sealed interface Kind {
        record None() implements Kind {}

        record Text() implements Kind {}

        record Thinking() implements Kind {}

        record ToolUse(int call) implements Kind {}
    }

    StreamedMessage(Head head, TokenTally tally, ApiReply reply) {
        this.head = head;
        this.tally = tally;
        this.reply = reply;
    }

    @Override
    public void keepAlive() throws IOException {
        start();
        send(event("ping"));
    }

    @Override
    public void flush() throws IOException {
        reply.flush();
    }

    @Override
    public void deliver(CompletionEvent event) throws IOException {
        start();
        switch (event) {
            case CompletionEvent.Text text -> {
                open(new Kind.Text(), Block.text(block(), ""));
                delta("text_delta", "text", text.text());
            }
            case CompletionEvent.Reasoning reasoning -> {
                open(new Kind.Thinking(), Block.emptyThinking(block()));
                delta("thinking_delta", "thinking", reasoning.text());
            }
            case CompletionEvent.ToolCallPiece piece -> {
                ToolCall call = new ToolCall(piece.id().orElse(""), piece.name().orElse(""), "");
                open(new Kind.ToolUse(piece.index()), Block.toolUse(block(), call));
                delta("input_json_delta", "partial_json", piece.arguments());
            }
            case CompletionEvent.End end -> end(end);
        }
    }

    private void start() throws IOException {
        if (started) {
            return;
        }
        started = true;
        ObjectNode event = event("message_start");
        event.set("message", MessageObject.open(head, new Usage(tally.promptTokens(), 0)));
        send(event);
    }

    private void open(Kind kind, ObjectNode emptyBlock) throws IOException {
        if (open.equals(kind)) {
            return;
        }
        close();
        open = kind;
        index++;
        ObjectNode event = event("content_block_start").put("index", index);
        event.set("content_block", emptyBlock);
        send(event);
    }

    private void close() throws IOException {
        if (open instanceof Kind.Thinking) {
            delta("signature_delta", "signature", Block.SIGNATURE);
        }
        if (!open.equals(new Kind.None())) {
            send(event("content_block_stop").put("index", index));
        }
        open = new Kind.None();
    }

    private void delta(String type, String field, String piece) throws IOException {
        reply.piece(deltas.event(type, index, piece, any -> {
            ObjectNode event = event("content_block_delta").put("index", index);
            event.putObject("delta").put("type", type).put(field, any);
            return Sse.event("content_block_delta", event);
        }));
    }

    private void end(CompletionEvent.End end) throws IOException {
        close();
        ObjectNode event = event("message_delta");
        MessageObject.putStop(end, event.putObject("delta"));
        event.set("usage", MessageObject.usage(usage()));
        send(event);
        reply.lastEvent(Sse.event("message_stop", event("message_stop")));
    }

    /** The prompt is as long as the stream's first event said, also where the model's server counts otherwise. */
    private Usage usage() {
        return new Usage(tally.promptTokens(), tally.usage().completionTokens());
    }

    private void send(ObjectNode event) throws IOException {
        reply.event(Sse.event(event.path("type").asText(), event));
    }

    private static ObjectNode event(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static ObjectNode block() {
        return JsonNodeFactory.instance.objectNode();
    }
}
