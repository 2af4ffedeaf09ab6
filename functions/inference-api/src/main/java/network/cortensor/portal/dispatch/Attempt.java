package network.cortensor.portal.dispatch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;

/** Relays one target's answer to the customer, event by event. */
final class Attempt {
    private final DispatcherParts.Time time;
    private final Job job;
    private final Delivery delivery;
    private final RequestProgress progress;
    private final Patience patience;

    Attempt(DispatcherParts.Time time, Job job, Delivery delivery, RequestProgress progress, Patience patience) {
        this.time = time;
        this.job = job;
        this.delivery = delivery;
        this.progress = progress;
        this.patience = patience;
    }

    /** Runs the call to its end; returns its failure, or empty if the whole answer was delivered. */
    Optional<Failure> run(RouterCall call, CallTimes times) throws IOException, InterruptedException {
        HeldAnswer held = new HeldAnswer();
        while (true) {
            Optional<RouterEvent> next = call.next(Duration.ZERO);
            if (next.isEmpty()) {
                delivery.flush();
                next = call.next(patience.left(now()));
            }
            if (next.isEmpty()) {
                patience.tick(now());
                continue;
            }
            switch (next.get()) {
                case RouterEvent.Failed failed -> {
                    return Optional.of(failed.failure());
                }
                case RouterEvent.Said said -> {
                    if (job.form().isAny()) {
                        relay(said.event(), times);
                    } else {
                        held.add(said.event());
                        patience.tick(now());
                    }
                    if (said.event() instanceof CompletionEvent.End) {
                        return release(held, times);
                    }
                }
            }
        }
    }

    /** Passes on what was held, if it has the form that was asked for. */
    private Optional<Failure> release(HeldAnswer held, CallTimes times) throws IOException {
        if (!held.fits(job.form())) {
            return Optional.of(new Failure.InvalidForm());
        }
        for (CompletionEvent event : held.events()) {
            relay(event, times);
        }
        return Optional.empty();
    }

    private void relay(CompletionEvent event, CallTimes times) throws IOException {
        if (event instanceof CompletionEvent.Content) {
            patience.end();
            progress.said(now());
        }
        if (job.wish() != Job.Wish.WHOLE && times.shape() instanceof CallTimes.Shape.Whole) {
            for (Iterator<CompletionEvent> pieces = StreamPieces.of(event).iterator(); pieces.hasNext(); ) {
                delivery.deliver(pieces.next());
            }
            return;
        }
        delivery.deliver(event);
    }

    private Instant now() {
        return time.clock().instant();
    }
}
