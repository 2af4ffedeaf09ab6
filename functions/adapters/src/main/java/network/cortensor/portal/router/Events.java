package network.cortensor.portal.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.model.Failure;

/** Router events in short. */
final class Events {
    private Events() {}

    static List<RouterEvent> failed(Failure failure) {
        return List.of(new RouterEvent.Failed(failure));
    }

    static List<RouterEvent> said(List<? extends CompletionEvent> events) {
        List<RouterEvent> said = new ArrayList<>(events.size());
        for (CompletionEvent event : events) {
            said.add(new RouterEvent.Said(event));
        }
        return said;
    }

    static List<RouterEvent> saidAndEnded(
            List<? extends CompletionEvent> events, FinishReason reason, Optional<Usage> usage) {
        return saidAndEnded(events, new CompletionEvent.End(reason, usage));
    }

    static List<RouterEvent> saidAndEnded(List<? extends CompletionEvent> events, CompletionEvent.End end) {
        return Stream.concat(said(events).stream(), Stream.of(new RouterEvent.Said(end)))
                .toList();
    }

    /** The answer is whole. */
    static boolean end(RouterEvent event) {
        return event instanceof RouterEvent.Said said && said.event() instanceof CompletionEvent.End;
    }

    /** Nothing follows this event. */
    static boolean last(RouterEvent event) {
        return event instanceof RouterEvent.Failed || end(event);
    }
}
