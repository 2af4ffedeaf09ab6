package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Function;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.http.Sse;
import network.cortensor.portal.api.http.TextEvents;
import network.cortensor.portal.api.wire.TokenTally;

/** The frame that streamed chat completions and completions share: chunks with one choice each, usage if asked for, {@code [DONE]}. */
final class ChunkStream {
    private final AnswerObject answer;
    private final Usages usages;
    private final TokenTally tally;
    private final ApiReply reply;
    private final TextEvents texts = new TextEvents();

    /** Whether the customer asked for {@code stream_options.include_usage}. */
    enum Usages {
        LEFT_OUT,
        /** One more chunk with usage and without choices; the others say {@code null}. */
        LAST_CHUNK
    }

    ChunkStream(AnswerObject answer, Usages usages, TokenTally tally, ApiReply reply) {
        this.answer = answer;
        this.usages = usages;
        this.tally = tally;
        this.reply = reply;
    }

    void keepAlive() throws IOException {
        reply.comment("keep-alive");
    }

    void flush() throws IOException {
        reply.flush();
    }

    void choice(ObjectNode choice) throws IOException {
        reply.piece(chunk(choice));
    }

    /**
     * A choice that differs from others of its kind in its text alone.
     *
     * @param kind a value
     * @param choice makes it of a text
     */
    void choice(Object kind, String text, Function<String, ObjectNode> choice) throws IOException {
        reply.piece(texts.event(kind, answer.head().model(), text, any -> chunk(choice.apply(any))));
    }

    private String chunk(ObjectNode choice) {
        ObjectNode chunk = answer.with(choice);
        switch (usages) {
            case LEFT_OUT -> {}
            case LAST_CHUNK -> chunk.putNull("usage");
        }
        return Sse.data(chunk);
    }

    void end(ObjectNode lastChoice) throws IOException {
        choice(lastChoice);
        switch (usages) {
            case LEFT_OUT -> {}
            case LAST_CHUNK -> reply.event(Sse.data(usage()));
        }
        reply.lastEvent("data: [DONE]\n\n");
    }

    private ObjectNode usage() {
        ObjectNode chunk = answer.withoutChoice();
        chunk.set("usage", UsageObject.of(tally.usage()));
        return chunk;
    }
}
