package network.cortensor.portal.dispatch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.dispatch.Preparation.Recorded;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.RequestRejected.Reason;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.slots.SlotEnd;
import network.cortensor.portal.slots.Take;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import network.cortensor.portal.time.SideBySide.Pending;

/** One request on its way: search, attempt, and again. */
final class RequestDispatch {
    /** The outcome of an attempt that worked, in the log. */
    private static final String OK = "ok";

    /** In the log, the end of the slot of a target that needs none. */
    private static final String NO_SLOT = "none";

    private static final Failure SILENT = new Failure.DeadlinePassed(Failure.DeadlinePassed.Phase.FIRST_TOKEN);

    private final DispatcherParts parts;
    private final Job job;
    private final Delivery delivery;
    private final Budget budget;
    private final RequestProgress progress;
    private final SlotSearch search;
    private final Attempt attempt;
    private final WorkerMemory memory;
    private final PoolPreparation preparation;
    private final Recorded recorded;

    /** Targets that were given up before their pool's own time was over: evidence only if another one is faster. */
    private final List<Target> givenUp = new ArrayList<>();

    RequestDispatch(
            DispatcherParts parts,
            Job job,
            Delivery delivery,
            WorkerMemory memory,
            PoolPreparation preparation,
            Recorded recorded) {
        Patience patience = new Patience(job, delivery, parts.time().timing());
        this.parts = parts;
        this.job = job;
        this.delivery = delivery;
        this.memory = memory;
        this.preparation = preparation;
        this.recorded = recorded;
        this.budget = new Budget(job, parts.time().timing());
        this.progress = new RequestProgress(job.receivedAt());
        this.search = new SlotSearch(parts, job, progress, patience, memory, preparation);
        this.attempt = new Attempt(parts.time(), job, delivery, progress, patience);
    }

    Outcome run() throws IOException, InterruptedException {
        while (true) {
            preparation.finish();
            switch (search.find()) {
                case SearchResult.Nothing nothing -> {
                    return unanswered(nothing.refusal());
                }
                case SearchResult.Found found -> {
                    if (!recorded.stands()) {
                        found.slot().ifPresent(Take.Taken::release);
                        return unanswered(new Refusal.StoreUnavailable());
                    }
                    preparation.awaitCredential();
                    Optional<Failure> failure = countedAttempt(found);
                    if (failure.isEmpty()) {
                        return new Outcome.Answered(progress.effort());
                    }
                    progress.failed(found, failure.get(), now());
                    if (progress.committed()) {
                        return unanswered(new Refusal.BrokenOff());
                    }
                    if (failure.get() instanceof Failure.RequestRejected(int _, Reason reason)) {
                        switch (reason) {
                            case CONTEXT ->
                                progress.overflowed(found.model().terms().contextLength());
                            case CONTENT -> {
                                return unanswered(new Refusal.ContentRejected());
                            }
                            case OTHER -> {
                                return unanswered(new Refusal.RequestRejected());
                            }
                        }
                    }
                }
            }
        }
    }

    private Outcome unanswered(Refusal refusal) {
        return new Outcome.Unanswered(refusal, progress.effort());
    }

    private Optional<Failure> countedAttempt(SearchResult.Found found) throws IOException, InterruptedException {
        try (Queues.Stay _ = memory.queues().isAnswered(job)) {
            return attempt(found);
        }
    }

    private Optional<Failure> attempt(SearchResult.Found found) throws IOException, InterruptedException {
        Instant start = now();
        progress.trying(found.target().id(), start);
        delivery.from(found.model());
        CallTimes times = budget.callTimes(found, connect(found, start), start);
        Optional<Failure> failure;
        Instant end;
        boolean taskEnded;
        RouterCall call = preparation.open(found.target(), job.requests().of(found.model()), times);
        try (call) {
            failure = attempt.run(call, times);
            end = now();
            taskEnded = taskEnded(found, failure, call);
        } catch (IOException e) {
            // The customer has gone. The task has ended with its closed connection, or may go on.
            boolean endedByClose = found.target().protocol().endsWithConnection();
            log(found, line("undelivered", endOfSlot(found, endedByClose), start, now()));
            throw e;
        } catch (InterruptedException e) {
            // The call is closed by now: what has not left for the router never will.
            log(found, line("undelivered", endOfSlot(found, call.unsent()), start, now()));
            throw e;
        }
        learn(found, failure, start, end);
        String outcome = failure.map(Failure::kind).orElse(OK);
        Pending<String, RuntimeException> slotEnd = taskEnded && found.slot().isPresent()
                ? parts.time().beside().begin(() -> endOfSlot(found, true))
                : () -> endOfSlot(found, taskEnded);
        preparation.afterwards(() -> log(found, line(outcome, slotEnd.await(), start, end)));
        return failure;
    }

    /**
     * Whether the router has surely ended the attempt's task. The customer has the end of an answer before its stream has ended, so this waits for the stream's end
     * where a slot depends on it.
     */
    private static boolean taskEnded(SearchResult.Found found, Optional<Failure> failure, RouterCall call)
            throws InterruptedException {
        return failure.isPresent() ? failure.get().taskEnded() : found.slot().isPresent() && call.taskEnded();
    }

    /** Ends the attempt's slot. The call is closed by now. */
    private static String endOfSlot(SearchResult.Found found, boolean taskEnded) {
        return found.slot()
                .map(slot -> taskEnded ? slot.release() : slot.keep())
                .map(SlotEnd::word)
                .orElse(NO_SLOT);
    }

    /** A slot's first byte has its own, earlier, deadline. */
    private Duration connect(SearchResult.Found found, Instant start) {
        return found.slot()
                .map(Take.Taken::sendBefore)
                .map(before -> Duration.between(start, before))
                .orElse(found.pool().times().firstToken());
    }

    private void learn(SearchResult.Found found, Optional<Failure> failure, Instant start, Instant end) {
        Target target = found.target();
        if (failure.isPresent()) {
            memory.suspicions().failed(target, failure.get(), end);
            if (found.impatient() && failure.get().equals(SILENT)) {
                givenUp.add(target);
            } else {
                parts.witness().failed(target, failure.get());
            }
            return;
        }
        // Others have answered in time, so it was not the pool that was slow.
        givenUp.forEach(silent -> parts.witness().failed(silent, SILENT));
        givenUp.clear();
        firstTokenSince(start)
                .ifPresent(time -> memory.firstTokens().saw(found.pool().name(), time));
        memory.suspicions().worked(target);
        memory.usual().saw(target.id(), Duration.between(start, end));
        parts.witness().worked(target, firstTokenSince(start));
    }

    private Optional<Duration> firstTokenSince(Instant start) {
        return progress.effort()
                .firstToken()
                .map(sinceReceipt -> Duration.between(start, job.receivedAt().plus(sinceReceipt)));
    }

    private Line line(String outcome, String slotEnd, Instant start, Instant end) {
        return Line.of("attempt")
                .with("request_id", job.requestId())
                .with("alias", job.alias())
                .with("attempt", progress.attempts())
                .with("first_token_ms", firstTokenSince(start))
                .with("total_ms", Duration.between(start, end))
                .with("outcome", outcome)
                .with("slot", slotEnd)
                .metric(Metric.ATTEMPTS, 1)
                .metric(Metric.ATTEMPT_FAILURES, outcome.equals(OK) ? 0 : 1)
                .metric(Metric.MISSING_CREDENTIALS, outcome.equals(Failure.NotSent.NO_CREDENTIAL.kind()) ? 1 : 0);
    }

    private void log(SearchResult.Found found, Line line) {
        parts.journal()
                .write(line.dimension("pool", found.pool().name())
                        .with("target", found.target().id().name())
                        .with("catalog_age_ms", found.catalogAge())
                        .metric(Metric.CATALOG_AGE, found.catalogAge()));
    }

    private Instant now() {
        return parts.time().clock().instant();
    }
}
