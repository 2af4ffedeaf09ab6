package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.RouterEvent;

/** What a router will do with one attempt. */
@FunctionalInterface
interface AttemptScript {
    CompletionEvent.End END = new CompletionEvent.End(FinishReason.STOP, Optional.empty());

    /** @param after since the attempt began */
    record Step(Duration after, RouterEvent event) {}

    /** The steps, in order, under an attempt's deadlines. */
    List<Step> under(CallTimes times);

    static CompletionEvent text(String text) {
        return new CompletionEvent.Text(text);
    }

    /** Says {@code text} in one piece, after so long, and ends. */
    static AttemptScript answers(Duration after, String text) {
        return says(after, text(text)).then(after, END);
    }

    static AttemptScript says(Duration after, CompletionEvent event) {
        return times -> List.of(new Step(after, new RouterEvent.Said(event)));
    }

    static AttemptScript fails(Duration after, Failure failure) {
        return times -> List.of(new Step(after, new RouterEvent.Failed(failure)));
    }

    /** Says nothing until the attempt's own deadline. */
    static AttemptScript hangs() {
        return times -> switch (times.shape()) {
            case CallTimes.Shape.Streamed streamed ->
                List.of(failed(streamed.firstToken(), Failure.DeadlinePassed.Phase.FIRST_TOKEN));
            case CallTimes.Shape.Whole whole ->
                List.of(failed(whole.whole(), Failure.DeadlinePassed.Phase.WHOLE_ANSWER));
        };
    }

    private static Step failed(Duration after, Failure.DeadlinePassed.Phase phase) {
        return new Step(after, new RouterEvent.Failed(new Failure.DeadlinePassed(phase)));
    }

    default AttemptScript then(Duration after, CompletionEvent event) {
        return and(says(after, event));
    }

    default AttemptScript thenFails(Duration after, Failure failure) {
        return and(fails(after, failure));
    }

    private AttemptScript and(AttemptScript next) {
        return times -> {
            List<Step> steps = new ArrayList<>(under(times));
            steps.addAll(next.under(times));
            return List.copyOf(steps);
        };
    }
}
