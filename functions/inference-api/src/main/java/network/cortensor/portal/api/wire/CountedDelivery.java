package network.cortensor.portal.api.wire;

import java.io.IOException;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.dispatch.Delivery;

/**
 * Counts what it passes on, first, so that the last event can report the whole. What a server reports is taken as far as it can be
 * true. Some servers call every end a stop; where the count
 * has reached what was asked for, the customer is told that the answer was cut.
 *
 * @param request as it was sent
 */
public record CountedDelivery(TokenTally tally, CompletionRequest request, Delivery delivery) implements Delivery {
    @Override
    public void from(Optional<String> otherModel) {
        delivery.from(otherModel);
    }

    @Override
    public void keepAlive() throws IOException {
        delivery.keepAlive();
    }

    @Override
    public void deliver(CompletionEvent event) throws IOException {
        CompletionEvent told = event instanceof CompletionEvent.End end ? told(believed(end)) : event;
        tally.add(told);
        delivery.deliver(told);
    }

    private CompletionEvent.End believed(CompletionEvent.End end) {
        UsageBounds bounds = UsageBounds.of(request, tally);
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
                && tally.usage().completionTokens() >= request.maxTokens();
        return cut ? new CompletionEvent.End(FinishReason.LENGTH, end.usage()) : end;
    }
}
