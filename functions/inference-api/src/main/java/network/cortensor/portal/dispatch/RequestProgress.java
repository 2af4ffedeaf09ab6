package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.TargetId;

/** What has become of one request so far. */
final class RequestProgress {
    /** An answer of the model that was asked for is worth so much more time than one of another model. */
    static final Duration BRIEF = Duration.ofSeconds(3);

    private final Instant receivedAt;
    private final Set<TargetId> tried = new HashSet<>();
    private final Set<TargetId> secondChances = new HashSet<>();
    private final Set<TargetId> brieflyOff = new HashSet<>();
    private final Set<TargetId> givenAnotherChance = new HashSet<>();
    private OptionalInt tooShort = OptionalInt.empty();
    private Instant tryingSince;
    private int attempts;
    private int spent;
    private final List<Failure> failures = new ArrayList<>();
    private Duration queueWait = Duration.ZERO;
    private Optional<Instant> waitingSince = Optional.empty();
    private Optional<Duration> firstToken = Optional.empty();

    RequestProgress(Instant receivedAt) {
        this.receivedAt = receivedAt;
        this.tryingSince = receivedAt;
    }

    /** Waits for a slot from now on, if it does not already. */
    void waits(Instant now) {
        if (waitingSince.isEmpty()) {
            waitingSince = Optional.of(now);
        }
    }

    /** Waits no more. */
    void goesOn(Instant now) {
        queueWait = queueWait(now);
        waitingSince = Optional.empty();
    }

    /** How long it has waited for slots, this time included. */
    Duration queueWait(Instant now) {
        return waitingSince
                .map(since -> queueWait.plus(Duration.between(since, now)))
                .orElse(queueWait);
    }

    void trying(TargetId target, Instant now) {
        tried.add(target);
        tryingSince = now;
        attempts++;
    }

    void failed(SearchResult.Found found, Failure failure, Instant now) {
        TargetId target = found.target().id();
        failures.add(failure);
        spent += failure instanceof Failure.NotSent ? 0 : 1;
        if (mayDoBetterNextTime(failure) && givenAnotherChance.add(target)) {
            secondChances.add(target);
        }
        boolean brief = isBrief(failure, Duration.between(tryingSince, now));
        if (brief && found.model().otherName().isEmpty() && givenAnotherChance.add(target)) {
            brieflyOff.add(target);
        }
    }

    /** A server that fails at once may work the next time, and one that names a short wait does after it. */
    private static boolean isBrief(Failure failure, Duration took) {
        boolean failedAtOnce = failure instanceof Failure.RouterError && took.compareTo(BRIEF) <= 0;
        return failedAtOnce
                || (failure instanceof Failure.Limited(Duration retryAfter) && retryAfter.compareTo(BRIEF) <= 0);
    }

    /**
     * Lets targets of the request's own model be tried again that failed only briefly, each once.
     *
     * @return whether there are any
     */
    boolean asksTheOwnModelAgain() {
        boolean any = tried.removeAll(brieflyOff);
        brieflyOff.clear();
        return any;
    }

    /** Whether the own model is worth waiting for until then, where another model could answer at once. */
    boolean isWorthWaiting(Instant until, Instant now) {
        return queueWait(now).plus(Duration.between(now, until)).compareTo(BRIEF) <= 0;
    }

    /** The same model writes another answer to the same prompt. */
    private static boolean mayDoBetterNextTime(Failure failure) {
        return failure instanceof Failure.InvalidCall || failure instanceof Failure.InvalidForm;
    }

    /**
     * Lets the targets be tried again whose only fault was one bad answer of their model. A second bad answer is the last one.
     *
     * @return whether there are any
     */
    boolean givesSecondChances() {
        boolean any = tried.removeAll(secondChances);
        secondChances.clear();
        return any;
    }

    void said(Instant now) {
        if (firstToken.isEmpty()) {
            firstToken = Optional.of(Duration.between(receivedAt, now));
        }
    }

    /** A model with so long a context has refused the request for its length. */
    void overflowed(int contextLength) {
        tooShort = OptionalInt.of(Math.max(contextLength, tooShort.orElse(0)));
    }

    /** Whether no model with so long a context has refused the request for its length. Where one has, those that are no longer would do the same. */
    boolean mayFit(int contextLength) {
        return tooShort.isEmpty() || contextLength > tooShort.getAsInt();
    }

    /** Whether the target was sent to by this request, and may not be again. */
    boolean isOut(TargetId target) {
        return tried.contains(target);
    }

    /** Whether the customer has got a part of an answer, so that no other target may be tried. */
    boolean committed() {
        return firstToken.isPresent();
    }

    int attempts() {
        return attempts;
    }

    /** How many attempts count: those of which something was sent. */
    int spent() {
        return spent;
    }

    Outcome.Effort effort() {
        return new Outcome.Effort(attempts(), queueWait, firstToken);
    }

    /**
     * Why the request has no answer, now that no attempt is left. A request that is too long anywhere stays so. A task that passed a deadline of
     * ours still keeps its session busy; such a request is a time-out, which SDKs are told not to repeat. What failed for our own sake alone is
     * ours, and servers that are only busy are told from those that fail.
     */
    Refusal exhausted() {
        if (tooShort.isPresent()) {
            return new Refusal.ContextExceeded();
        }
        if (failures.stream().anyMatch(Failure.DeadlinePassed.class::isInstance)) {
            return new Refusal.TimedOut();
        }
        if (!failures.isEmpty() && mayDoBetterNextTime(failures.getLast())) {
            return new Refusal.FormMissed();
        }
        if (failures.stream().allMatch(failure -> failure.blame() == Failure.Blame.OURS)) {
            return new Refusal.StoreUnavailable();
        }
        Optional<Duration> shortest = failures.stream()
                .filter(Failure.Limited.class::isInstance)
                .map(failure -> ((Failure.Limited) failure).retryAfter())
                .min(Comparator.naturalOrder());
        boolean nothingElse = failures.stream().noneMatch(failure -> failure.blame() == Failure.Blame.TARGET);
        return shortest.isPresent() && nothingElse
                ? new Refusal.AllBusy(RetryAdvice.clip(shortest.get()))
                : new Refusal.AttemptsFailed();
    }
}
