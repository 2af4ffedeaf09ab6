package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.http.Sse;
import network.cortensor.portal.api.wire.TokenTally;

/** The frame that streamed chat completions and completions share: chunks with one choice each, usage if asked for, {@code [DONE]}. */
final class ChunkStream {
    private final AnswerObject answer;
    private final Usages usages;
    private final TokenTally tally;
    private final ApiReply reply;

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

    void choice(ObjectNode choice) throws IOException {
        ObjectNode chunk = answer.with(choice);
        switch (usages) {
            case LEFT_OUT -> {}
            case LAST_CHUNK -> chunk.putNull("usage");
        }
        reply.event(Sse.data(chunk));
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
