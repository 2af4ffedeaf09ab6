package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.routing.AttemptTurn;
import network.cortensor.portal.routing.Decision;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.slots.Take;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;

/** One scan of a decision's candidates, best first, until one has a free slot. */
final class CandidateScan {
    /** A scan that a slow table holds up for longer is given up for a new one, because its catalog is too old by then. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** One target may fail by chance. */
    private static final int FAILURES_TO_GIVE_UP = 2;

    private final DispatcherParts parts;
    private final Budget budget;
    private final WorkerMemory memory;
    private final AliasView view;
    private final Decision decision;
    private final Pool rules;
    private final Slots.Pass pass;
    private final RandomGenerator random;
    private final Instant start;
    private boolean busy;
    private boolean unreadable;
    private boolean doubtful;
    private boolean throttled;
    private boolean late;

    /** @param decision one with a governing pool */
    CandidateScan(
            DispatcherParts parts,
            Budget budget,
            WorkerMemory memory,
            AliasView view,
            Decision decision,
            PoolPreparation preparation) {
        this.parts = parts;
        this.budget = budget;
        this.memory = memory;
        this.view = view;
        this.decision = decision;
        this.rules = decision.governing().orElseThrow().pool();
        this.pass = preparation.slots();
        this.random = preparation.random();
        this.start = now();
    }

    /** What a scan of the candidates showed. */
    sealed interface Look {
        record Found(SearchResult.Found found) implements Look {}

        /**
         * Nothing is to be had now. {@code refusal} says why, if it stays so for {@code queue}.
         *
         * @param rows the most slots that one router showed: a look costs by them
         */
        record Wait(Refusal refusal, Duration queue, int rows) implements Look {}

        /** Nothing is to be had, and no use to wait. */
        record Over(Refusal refusal) implements Look {}
    }

    /**
     * Of pools that fail open a target is tried only when nothing in rotation is left, not when it is only busy.
     *
     * @param advice is told about the busy slots
     */
    Look over(AttemptTurn turn, RetryAdvice advice) {
        Iterator<TargetView> order = decision.order(random, turn);
        while (order.hasNext()) {
            if (heldUp()) {
                return busy || throttled ? allBusy(advice) : waits(new Refusal.StoreUnavailable());
            }
            TargetView candidate = order.next();
            if (busy && (candidate.standing() == Standing.EJECTED || isGivenUp(candidate, turn))) {
                return allBusy(advice);
            }
            Optional<SearchResult.Found> found = tryTake(candidate, advice);
            if (found.isPresent()) {
                reportIgnoredHealth(candidate);
                boolean onlyChance = turn.left() == 1 || !order.hasNext();
                return new Look.Found(onlyChance ? found.get() : impatient(found.get()));
            }
        }
        if (busy || throttled) {
            return allBusy(advice);
        }
        return doubtful && !late ? waits(new Refusal.StoreUnavailable()) : nothing();
    }

    /** An attempt that is kept for a pool waits for it, and is not spent on one of which two targets have just failed. */
    private boolean isGivenUp(TargetView candidate, AttemptTurn turn) {
        return turn.left() <= decision.untried()
                && decision.failures(candidate.target().id().pool()) >= FAILURES_TO_GIVE_UP;
    }

    /** Servers that want no new requests now may do so soon. */
    private Look nothing() {
        Optional<Instant> limited = unreadable || late ? Optional.empty() : decision.limitedUntil();
        if (limited.isEmpty()) {
            return new Look.Over(whyNone());
        }
        Duration wait = Duration.between(now(), limited.get());
        Refusal refusal = new Refusal.AllBusy(RetryAdvice.clip(wait));
        return wait.compareTo(rules.times().queue()) < 0 ? waits(refusal) : new Look.Over(refusal);
    }

    private boolean heldUp() {
        return (busy || unreadable || doubtful || throttled) && now().isAfter(start.plus(LONGEST));
    }

    private Look allBusy(RetryAdvice advice) {
        return waits(new Refusal.AllBusy(advice.wait(parts.random())));
    }

    private Look waits(Refusal refusal) {
        return new Look.Wait(refusal, rules.times().queue(), pass.mostRows());
    }

    private Refusal whyNone() {
        if (unreadable || doubtful) {
            return new Refusal.StoreUnavailable();
        }
        return late ? new Refusal.TimedOut() : new Refusal.NoRouteOpen();
    }

    private Optional<SearchResult.Found> tryTake(TargetView candidate, RetryAdvice advice) {
        Target target = candidate.target();
        Pool pool = view.pool(target.id().pool()).orElseThrow().pool();
        if (!roomFor(pool)) {
            return Optional.empty();
        }
        return switch (target.capacity()) {
            case Capacity.Unlimited ignored -> Optional.of(found(target, pool, Optional.empty()));
            case Capacity.Slots slots ->
                switch (pass.take(target.session(), slots.count(), pool.times().attempt())) {
                    case Take.Taken taken -> inTime(target, pool, taken);
                    case Take.Busy by -> {
                        busy = true;
                        by.by().forEach(lease -> advice.busy(lease, candidate));
                        yield Optional.empty();
                    }
                    case Take.Unreadable ignored -> {
                        unreadable = true;
                        yield Optional.empty();
                    }
                    case Take.Doubtful ignored -> {
                        doubtful = true;
                        yield Optional.empty();
                    }
                    case Take.Throttled ignored -> {
                        throttled = true;
                        yield Optional.empty();
                    }
                };
        };
    }

    /** Taking a slot takes time too; one that came too late is given back unused. */
    private Optional<SearchResult.Found> inTime(Target target, Pool pool, Take.Taken taken) {
        if (!roomFor(pool)) {
            taken.release();
            return Optional.empty();
        }
        return Optional.of(found(target, pool, Optional.of(taken)));
    }

    private boolean roomFor(Pool pool) {
        boolean room = budget.roomFor(pool.times(), rules.times(), now());
        late |= !room;
        return room;
    }

    /** While another target could be asked, one is not waited for as long as the pool allows. */
    private SearchResult.Found impatient(SearchResult.Found found) {
        return found.within(
                memory.firstTokens().patience(view.pool(found.pool().name()).orElseThrow()));
    }

    private SearchResult.Found found(Target target, Pool pool, Optional<Take.Taken> slot) {
        return new SearchResult.Found(
                target,
                pool,
                slot,
                pool.times().firstToken(),
                view.served(pool),
                Duration.between(view.readAt(), now()));
    }

    private void reportIgnoredHealth(TargetView found) {
        if (found.standing() == Standing.EJECTED) {
            parts.journal()
                    .write(Line.of("fail_open")
                            .dimension("pool", found.target().id().pool())
                            .metric(Metric.FAIL_OPEN, 1));
        }
    }

    private Instant now() {
        return parts.time().clock().instant();
    }
}
