package network.cortensor.portal.router;

import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.model.Target;

/** What {@link Router#open} is called with. */
record AttemptRequest(Target target, CompletionRequest request, CallTimes times) {
    boolean streamed() {
        return switch (times.shape()) {
            case CallTimes.Shape.Streamed ignored -> true;
            case CallTimes.Shape.Whole ignored -> false;
        };
    }

    String accept() {
        return streamed() ? "text/event-stream, application/json" : "application/json";
    }
}
