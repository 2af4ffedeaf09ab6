package network.cortensor.portal.router;

import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.model.Failure;

/** What one attempt brings: pieces of an answer and its end, or a failure. */
public sealed interface RouterEvent {
    /** A piece of the answer or its end. */
    record Said(CompletionEvent event) implements RouterEvent {}

    /** The attempt is over without a whole answer. */
    record Failed(Failure failure) implements RouterEvent {}
}
