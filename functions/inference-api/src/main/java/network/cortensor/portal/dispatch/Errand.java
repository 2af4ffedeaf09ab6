package network.cortensor.portal.dispatch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.slots.Take;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;

/** One request on its way: search, attempt, and again. */
final class Errand {
    private final Parts parts;
    private final Job job;
    private final Budget budget;
    private final Progress progress;
    private final SlotSearch search;
    private final Attempt attempt;
    private final UsualTimes usual;

    Errand(Parts parts, Job job, Delivery delivery, UsualTimes usual) {
        Patience patience = new Patience(job, delivery, parts.time().timing());
        this.parts = parts;
        this.job = job;
        this.usual = usual;
        this.budget = new Budget(job, parts.time().timing());
        this.progress = new Progress(job.receivedAt());
        this.search = new SlotSearch(parts, job, progress, patience, usual);
        this.attempt = new Attempt(parts.time(), job, delivery, progress, patience);
    }

    Outcome run() throws IOException, InterruptedException {
        while (true) {
            switch (search.find()) {
                case Find.Nothing nothing -> {
                    return unanswered(nothing.refusal());
                }
                case Find.Found found -> {
                    Optional<Failure> failure = attempt(found);
                    if (failure.isEmpty()) {
                        return new Outcome.Answered(progress.effort());
                    }
                    progress.failed(failure.get());
                    if (progress.committed()) {
                        return unanswered(new Refusal.BrokenOff());
                    }
                    if (failure.get() instanceof Failure.RequestRejected) {
                        return unanswered(new Refusal.RequestRejected());
                    }
                }
            }
        }
    }

    private Outcome unanswered(Refusal refusal) {
        return new Outcome.Unanswered(refusal, progress.effort());
    }

    /** The slot is released if the router has ended the task, and else, also when this worker breaks, left to expire. */
    private Optional<Failure> attempt(Find.Found found) throws IOException, InterruptedException {
        Instant start = now();
        progress.trying(found.target().id());
        CallTimes times = budget.callTimes(found.pool(), connect(found, start));
        Optional<Failure> failure;
        try (RouterCall call = parts.router().open(found.target(), job.request(), times)) {
            failure = attempt.run(call, times);
        }
        if (failure.map(Failure::taskEnded).orElse(true)) {
            found.slot().ifPresent(taken -> parts.slots().release(taken.lease()));
        }
        learn(found.target(), failure, start);
        log(found, failure, start);
        return failure;
    }

    /** A slot's first byte has its own, earlier, deadline. */
    private Duration connect(Find.Found found, Instant start) {
        return found.slot()
                .map(Take.Taken::sendBefore)
                .map(before -> Duration.between(start, before))
                .orElse(found.pool().times().firstToken());
    }

    private void learn(Target target, Optional<Failure> failure, Instant start) {
        if (failure.isPresent()) {
            parts.witness().failed(target, failure.get());
            return;
        }
        usual.saw(target.id(), Duration.between(start, now()));
        parts.witness().worked(target, firstTokenSince(start));
    }

    private Optional<Duration> firstTokenSince(Instant start) {
        return progress.effort()
                .firstToken()
                .map(sinceReceipt -> Duration.between(start, job.receivedAt().plus(sinceReceipt)));
    }

    private void log(Find.Found found, Optional<Failure> failure, Instant start) {
        Line line = Line.of("attempt")
                .dimension("pool", found.pool().name())
                .with("request_id", job.requestId())
                .with("alias", job.alias())
                .with("target", found.target().id().name())
                .with("attempt", progress.attempts())
                .with("first_token_ms", firstTokenSince(start))
                .with("total_ms", Duration.between(start, now()))
                .with("outcome", failure.map(Failure::kind).orElse("ok"))
                .with("slot", slotWord(found, failure))
                .with("catalog_age_ms", found.catalogAge())
                .metric(Metric.ATTEMPTS, 1)
                .metric(Metric.ATTEMPT_FAILURES, failure.isPresent() ? 1 : 0)
                .metric(Metric.CATALOG_AGE, found.catalogAge());
        parts.journal().write(line);
    }

    private static String slotWord(Find.Found found, Optional<Failure> failure) {
        if (found.slot().isEmpty()) {
            return "none";
        }
        return failure.map(Failure::taskEnded).orElse(true) ? "released" : "kept";
    }

    private Instant now() {
        return parts.time().clock().instant();
    }
}
