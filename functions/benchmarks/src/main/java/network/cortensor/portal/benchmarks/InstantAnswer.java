package network.cortensor.portal.benchmarks;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;

/** A router's answer of so many tokens, all there at once. */
final class InstantAnswer implements RouterCall {
    private final Iterator<CompletionEvent> events;

    InstantAnswer(int tokens) {
        Stream<CompletionEvent> said = IntStream.range(0, tokens).mapToObj(n -> new CompletionEvent.Text(" token"));
        events = Stream.concat(said, Stream.of(new CompletionEvent.End(FinishReason.STOP, Optional.empty())))
                .iterator();
    }

    @Override
    public Optional<RouterEvent> next(Duration wait) {
        return Optional.of(new RouterEvent.Said(events.next()));
    }

    @Override
    public boolean taskEnded() {
        return true;
    }

    @Override
    public void close() {}
}
