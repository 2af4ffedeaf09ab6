package network.cortensor.portal.api.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.wire.Collected;
import network.cortensor.portal.api.wire.Head;
import network.cortensor.portal.api.wire.TokenTally;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.Message.ToolCall;
import network.cortensor.portal.dispatch.Delivery;

/** An answer as one {@code message}. */
final class WholeMessage implements Delivery {
    private final Head head;
    private final TokenTally tally;
    private final ApiReply reply;
    private final Collected collected = new Collected();

    WholeMessage(Head head, TokenTally tally, ApiReply reply) {
        this.head = head;
        this.tally = tally;
        this.reply = reply;
    }

    /** A whole answer has no way to show that it is on its way. */
    @Override
    public void keepAlive() {}

    @Override
    public void deliver(CompletionEvent event) throws IOException {
        switch (event) {
            case CompletionEvent.Content content -> collected.add(content);
            case CompletionEvent.End end -> reply.json(200, Map.of(), message(end));
        }
    }

    private ObjectNode message(CompletionEvent.End end) {
        ObjectNode message = MessageObject.open(head, tally.usage());
        MessageObject.putStop(end, message);
        ArrayNode content = message.withArray("content");
        if (!collected.reasoning().isEmpty()) {
            Block.thinking(content.addObject(), collected.reasoning());
        }
        if (!collected.text().isEmpty()) {
            Block.text(content.addObject(), collected.text());
        }
        for (ToolCall call : collected.toolCalls()) {
            Block.toolUse(content.addObject(), call);
        }
        return message;
    }
}
