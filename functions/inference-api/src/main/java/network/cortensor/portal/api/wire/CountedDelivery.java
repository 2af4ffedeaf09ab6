package network.cortensor.portal.api.wire;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.dispatch.Delivery;

/**
 * Counts what it passes on, first, so that the last event can report the whole. What a server reports is taken as far as it can be
 * true. Some servers call every end a stop; where the count
 * has reached what was asked for, the customer is told that the answer was cut.
 *
 * @param requests as they are sent, by model
 */
public record CountedDelivery(TokenTally tally, Function<ServedModel, SizedRequest> requests, Delivery delivery)
        implements Delivery {
    @Override
    public void from(ServedModel model) {
        tally.answering(requests.apply(model));
        delivery.from(model);
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
        CompletionEvent told = event instanceof CompletionEvent.End end ? told(believed(end)) : event;
        tally.add(told);
        delivery.deliver(told);
    }

    private CompletionEvent.End believed(CompletionEvent.End end) {
        UsageBounds bounds = UsageBounds.of(tally.asked());
        if (end.usage().filter(reported -> !bounds.hold(reported, tally.said())).isEmpty()) {
            return end;
        }
        tally.doubt();
        return new CompletionEvent.End(end.reason(), Optional.empty(), end.stop());
    }

    /** A server that reports usage knows the reason, too. */
    private CompletionEvent.End told(CompletionEvent.End end) {
        boolean cut = end.reason() == FinishReason.STOP
                && end.stop().isEmpty()
                && end.usage().isEmpty()
                && end.written().isEmpty()
                && tally.usage().completionTokens() >= tally.asked().request().maxTokens();
        return cut ? new CompletionEvent.End(FinishReason.LENGTH, end.usage()) : end;
    }
}
