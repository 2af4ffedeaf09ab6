package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.wire.Collected;
import network.cortensor.portal.api.wire.Head;
import network.cortensor.portal.api.wire.TokenTally;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.Message.ToolCall;
import network.cortensor.portal.dispatch.Delivery;

/** A chat completion as one {@code chat.completion}. */
final class WholeChat implements Delivery {
    private final AnswerObject answer;
    private final TokenTally tally;
    private final ApiReply reply;
    private final Collected collected = new Collected();

    WholeChat(Head head, TokenTally tally, ApiReply reply) {
        this.answer = new AnswerObject(head, "chatcmpl-", "chat.completion");
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
            case CompletionEvent.End end -> reply.json(200, Map.of(), completion(end));
        }
    }

    private ObjectNode completion(CompletionEvent.End end) {
        ObjectNode choice = JsonNodeFactory.instance.objectNode().put("index", 0);
        choice.set("message", message());
        choice.putNull("logprobs").put("finish_reason", end.reason().word());
        ObjectNode completion = answer.with(choice);
        completion.set("usage", UsageObject.of(tally.usage()));
        return completion;
    }

    private ObjectNode message() {
        List<ToolCall> calls = collected.toolCalls();
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "assistant");
        if (collected.text().isEmpty() && !calls.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", collected.text());
        }
        message.putNull("refusal");
        if (!collected.reasoning().isEmpty()) {
            message.put("reasoning_content", collected.reasoning());
        }
        if (!calls.isEmpty()) {
            put(calls, message.putArray("tool_calls"));
        }
        return message;
    }

    private static void put(List<ToolCall> calls, ArrayNode array) {
        for (ToolCall call : calls) {
            array.addObject()
                    .put("id", call.id())
                    .put("type", "function")
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments());
        }
    }
}
