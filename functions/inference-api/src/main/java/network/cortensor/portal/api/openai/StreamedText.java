package network.cortensor.portal.api.openai;

import java.io.IOException;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.wire.Head;
import network.cortensor.portal.api.wire.TokenTally;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.dispatch.Delivery;

/** A completion as {@code text_completion} events. */
final class StreamedText implements Delivery {
    private final ChunkStream chunks;

    private StreamedText(ChunkStream chunks) {
        this.chunks = chunks;
    }

    static Delivery plain(Head head, TokenTally tally, ApiReply reply) {
        return new StreamedText(new ChunkStream(object(head), ChunkStream.Usages.LEFT_OUT, tally, reply));
    }

    static Delivery withUsage(Head head, TokenTally tally, ApiReply reply) {
        return new StreamedText(new ChunkStream(object(head), ChunkStream.Usages.LAST_CHUNK, tally, reply));
    }

    private static AnswerObject object(Head head) {
        return new AnswerObject(head, "cmpl-", "text_completion");
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
            case CompletionEvent.Content content ->
                chunks.choice(TextChoice.class, TextChoice.text(content), TextChoice::of);
            case CompletionEvent.End end -> chunks.end(TextChoice.last("", end));
        }
    }
}
