package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.wire.Head;
import network.cortensor.portal.api.wire.TokenTally;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.dispatch.Delivery;

/** A completion as one {@code text_completion}. */
final class WholeText implements Delivery {
    private final AnswerObject answer;
    private final TokenTally tally;
    private final ApiReply reply;
    private final StringBuilder text = new StringBuilder();

    WholeText(Head head, TokenTally tally, ApiReply reply) {
        this.answer = new AnswerObject(head, "cmpl-", "text_completion");
        this.tally = tally;
        this.reply = reply;
    }

    /** A whole answer has no way to show that it is on its way. */
    @Override
    public void keepAlive() {}

    @Override
    public void deliver(CompletionEvent event) throws IOException {
        switch (event) {
            case CompletionEvent.Content content -> text.append(TextChoice.text(content));
            case CompletionEvent.End end -> {
                ObjectNode completion = answer.with(TextChoice.last(text.toString(), end));
                completion.set("usage", UsageObject.of(tally.usage()));
                reply.json(200, Map.of(), completion);
            }
        }
    }
}
