package network.cortensor.portal.inference;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;

/** An answer of two words, without a router. */
final class CannedCall implements RouterCall {
    private final Iterator<CompletionEvent> answer = List.<CompletionEvent>of(
                    new CompletionEvent.Reasoning("Primed?"),
                    new CompletionEvent.Text("Primed."),
                    new CompletionEvent.End(FinishReason.STOP, Optional.empty()))
            .iterator();

    @Override
    public Optional<RouterEvent> next(Duration wait) {
        return Optional.of(new RouterEvent.Said(answer.next()));
    }

    @Override
    public boolean taskEnded() {
        return true;
    }

    @Override
    public void close() {}
}
