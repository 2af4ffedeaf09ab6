package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.wire.Head;
import network.cortensor.portal.api.wire.TokenTally;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.dispatch.Delivery;

/** A chat completion as {@code chat.completion.chunk} events. */
final class StreamedChat implements Delivery {
    private final ChunkStream chunks;
    private boolean roleSaid;

    private StreamedChat(ChunkStream chunks) {
        this.chunks = chunks;
    }

    static Delivery plain(Head head, TokenTally tally, ApiReply reply) {
        return new StreamedChat(new ChunkStream(object(head), ChunkStream.Usages.LEFT_OUT, tally, reply));
    }

    static Delivery withUsage(Head head, TokenTally tally, ApiReply reply) {
        return new StreamedChat(new ChunkStream(object(head), ChunkStream.Usages.LAST_CHUNK, tally, reply));
    }

    private static AnswerObject object(Head head) {
        return new AnswerObject(head, "chatcmpl-", "chat.completion.chunk");
    }

    @Override
    public void keepAlive() throws IOException {
        chunks.keepAlive();
    }

    @Override
    public void flush() throws IOException {
        chunks.flush();
    }

    @Override
    public void deliver(CompletionEvent event) throws IOException {
        switch (event) {
            case CompletionEvent.Text(String text)
            when roleSaid ->
                chunks.choice(CompletionEvent.Text.class, text, any -> choice(new CompletionEvent.Text(any)));
            case CompletionEvent.Reasoning(String text)
            when roleSaid ->
                chunks.choice(CompletionEvent.Reasoning.class, text, any -> choice(new CompletionEvent.Reasoning(any)));
            case CompletionEvent.Content content -> chunks.choice(choice(content));
            case CompletionEvent.End end ->
                chunks.end(withDelta().put("finish_reason", end.reason().word()));
        }
    }

    private ObjectNode choice(CompletionEvent.Content content) {
        ObjectNode choice = withDelta();
        fill((ObjectNode) choice.get("delta"), content);
        return choice.putNull("finish_reason");
    }

    private ObjectNode withDelta() {
        ObjectNode choice = JsonNodeFactory.instance.objectNode().put("index", 0);
        ObjectNode delta = choice.putObject("delta");
        if (!roleSaid) {
            delta.put("role", "assistant");
            roleSaid = true;
        }
        return choice;
    }

    private static void fill(ObjectNode delta, CompletionEvent.Content content) {
        switch (content) {
            case CompletionEvent.Text text -> delta.put("content", text.text());
            case CompletionEvent.Reasoning reasoning -> delta.put("reasoning_content", reasoning.text());
            case CompletionEvent.ToolCallPiece piece -> {
                ObjectNode call = delta.putArray("tool_calls").addObject().put("index", piece.index());
                piece.id().ifPresent(id -> call.put("id", id).put("type", "function"));
                ObjectNode function = call.putObject("function");
                piece.name().ifPresent(name -> function.put("name", name));
                function.put("arguments", piece.arguments());
            }
        }
    }
}
