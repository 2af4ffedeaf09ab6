package network.cortensor.portal.api.wire;

import java.io.IOException;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.dispatch.Delivery;

/** Counts what it passes on, first, so that the last event can report the whole. */
public record CountedDelivery(Tally tally, Delivery delivery) implements Delivery {
    @Override
    public void keepAlive() throws IOException {
        delivery.keepAlive();
    }

    @Override
    public void deliver(CompletionEvent event) throws IOException {
        tally.add(event);
        delivery.deliver(event);
    }
}
