package network.cortensor.portal.api.wire;

import java.io.IOException;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.dispatch.Delivery;

/**
 * Counts what it passes on, first, so that the last event can report the whole. Prompt-only routers call every end a stop; where the count
 * has reached what was asked for, the customer is told that the answer was cut.
 *
 * @param maxTokens that were asked for
 */
public record CountedDelivery(Tally tally, int maxTokens, Delivery delivery) implements Delivery {
    @Override
    public void keepAlive() throws IOException {
        delivery.keepAlive();
    }

    @Override
    public void deliver(CompletionEvent event) throws IOException {
        CompletionEvent told = event instanceof CompletionEvent.End end ? told(end) : event;
        tally.add(told);
        delivery.deliver(told);
    }

    /** A server that reports usage knows the reason, too. */
    private CompletionEvent.End told(CompletionEvent.End end) {
        boolean cut = end.reason() == FinishReason.STOP
                && end.usage().isEmpty()
                && tally.usage().completionTokens() >= maxTokens;
        return cut ? new CompletionEvent.End(FinishReason.LENGTH, end.usage()) : end;
    }
}
