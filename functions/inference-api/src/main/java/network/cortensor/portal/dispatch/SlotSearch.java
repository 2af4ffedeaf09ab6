package network.cortensor.portal.dispatch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.routing.AttemptTurn;
import network.cortensor.portal.routing.Decision;
import network.cortensor.portal.routing.Question;
import network.cortensor.portal.slots.Take;

/**
 * Finds a target with a free slot for one request: scans the decision's order, and when all are busy waits and looks again, at the
 * catalog too, so that an operator's edit reaches waiting requests. How soon it looks again is a matter of the customers who wait beside it
 * ({@link Queues}).
 * A target whose model gave a bad answer is asked once more, if no other has a free slot. Before another model is asked, a target that failed at once, or
 * wants no requests for a moment, is asked once more, too.
 */
final class SlotSearch {
    private final DispatcherParts parts;
    private final Job job;
    private final Budget budget;
    private final RequestProgress progress;
    private final Patience patience;
    private final WorkerMemory memory;
    private final PoolPreparation preparation;
    private final Queues.Place place;
    private final Turnover turnover;
    private boolean hasLooked;

    SlotSearch(
            DispatcherParts parts,
            Job job,
            RequestProgress progress,
            Patience patience,
            WorkerMemory memory,
            PoolPreparation preparation) {
        this.parts = parts;
        this.job = job;
        this.budget = new Budget(job, parts.time().timing());
        this.progress = progress;
        this.patience = patience;
        this.memory = memory;
        this.preparation = preparation;
        this.place = memory.queues().arrives(job);
        this.turnover = new Turnover(() -> memory.queues().begun(job.alias()));
    }

    SearchResult find() throws IOException, InterruptedException {
        try {
            while (true) {
                switch (look()) {
                    case CandidateScan.Look.Found found -> {
                        if (isMeantStill(found.found())) {
                            return found.found();
                        }
                        giveBack(found.found());
                    }
                    case CandidateScan.Look.Over _, CandidateScan.Look.Wait _ when progress.givesSecondChances() -> {}
                    case CandidateScan.Look.Over over -> {
                        return nothing(over.refusal());
                    }
                    case CandidateScan.Look.Wait wait -> {
                        waits();
                        Duration left = wait.queue().minus(progress.queueWait(now()));
                        if (!left.isPositive()) {
                            return nothing(wait.refusal());
                        }
                        await(left, wait.rows());
                    }
                }
            }
        } finally {
            progress.goesOn(now());
        }
    }

    /**
     * A slow table can hold a scan up beyond the age that its catalog may have. The request has waited all that time, so what was edited
     * meanwhile holds for it, too.
     */
    private boolean isMeantStill(SearchResult.Found found) {
        if (found.catalogAge().compareTo(Catalog.FRESH) < 0) {
            return true;
        }
        try {
            return parts.catalog().find(job.alias()).stream()
                    .flatMap(this::candidates)
                    .anyMatch(candidate -> candidate.target().equals(found.target()));
        } catch (CatalogUnavailable e) {
            return false;
        }
    }

    private Stream<TargetView> candidates(AliasView view) {
        Iterator<TargetView> order = Decision.of(view, question(view)).order(parts.random(), AttemptTurn.FIRST);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(order, Spliterator.ORDERED), false);
    }

    private void giveBack(SearchResult.Found found) {
        found.slot().ifPresent(Take.Taken::release);
    }

    private Question question(AliasView view) {
        Instant now = now();
        return new Question(
                job.customer(), this::needs, out(view), memory.suspicions().at(now), now);
    }

    private Optional<Set<Feature>> needs(ServedModel model) {
        return progress.mayFit(model.terms().contextLength()) ? job.requests().needs(model) : Optional.empty();
    }

    private Set<TargetId> out(AliasView view) {
        return view.pools().values().stream()
                .flatMap(pool -> pool.targets().stream())
                .map(target -> target.target().id())
                .filter(progress::isOut)
                .collect(Collectors.toUnmodifiableSet());
    }

    private CandidateScan.Look look() {
        Optional<AliasView> view;
        try {
            view = parts.catalog().find(job.alias());
        } catch (CatalogUnavailable e) {
            return new CandidateScan.Look.Over(new Refusal.StoreUnavailable());
        }
        return view.map(this::walk).orElse(new CandidateScan.Look.Over(new Refusal.UnknownAlias()));
    }

    private CandidateScan.Look walk(AliasView view) {
        Decision decision = Decision.of(view, question(view));
        Optional<PoolView> governing = decision.governing();
        if (governing.isEmpty()) {
            return new CandidateScan.Look.Over(new Refusal.NoRouteOpen());
        }
        Pool rules = governing.get().pool();
        if (progress.spent() >= budget.attempts(rules)) {
            return new CandidateScan.Look.Over(new Refusal.AttemptsFailed());
        }
        if (goesBehind(rules)) {
            return aMoment(rules);
        }
        AttemptTurn turn = budget.turn(progress, rules, now());
        if (leavesTheModel(view, decision, turn)) {
            if (turn.left() > decision.untried() && progress.asksTheOwnModelAgain()) {
                return walk(view);
            }
            if (turn.left() >= decision.untried() && isBackSoon(view, decision, rules)) {
                return aMoment(rules);
            }
        }
        return new CandidateScan(parts, budget, memory, view, decision, preparation).over(turn, advice(rules));
    }

    private void waits() {
        Instant now = now();
        progress.waits(now);
        turnover.begins(now);
    }

    private RetryAdvice advice(Pool rules) {
        int ahead = memory.queues().ahead(place, now());
        return new RetryAdvice(
                parts,
                memory.usual(),
                new RetryAdvice.Others(ahead, turnover),
                rules.times().queue());
    }

    /** Looks again a little later. */
    private static CandidateScan.Look aMoment(Pool rules) {
        Refusal busy = new Refusal.AllBusy(RetryAdvice.clip(Duration.ZERO));
        return new CandidateScan.Look.Wait(busy, rules.times().queue(), 0);
    }

    /** Whether another model than the one that was asked for would be the next to answer. */
    private static boolean leavesTheModel(AliasView view, Decision decision, AttemptTurn turn) {
        return decision.next(turn)
                .flatMap(view::pool)
                .filter(pool -> !isOwn(view, pool.pool()))
                .isPresent();
    }

    /** Whether a target of the request's own model wants no new requests now, and will so soon that it is waited for. */
    private boolean isBackSoon(AliasView view, Decision decision, Pool rules) {
        Instant now = now();
        Duration left = rules.times().queue().minus(progress.queueWait(now));
        return decision.limitedUntil(pool -> isOwn(view, pool))
                .filter(until -> progress.isWorthWaiting(until, now) && until.isBefore(now.plus(left)))
                .isPresent();
    }

    private static boolean isOwn(AliasView view, Pool pool) {
        return pool.otherModelThan(view.alias()).isEmpty();
    }

    /** Once, before the first look of a request that may wait at all. */
    private boolean goesBehind(Pool rules) {
        boolean first = !hasLooked;
        hasLooked = true;
        return first && rules.times().queue().isPositive() && memory.queues().othersGoFirst(place);
    }

    /** Once something was tried, what came of it is the answer. */
    private SearchResult.Nothing nothing(Refusal refusal) {
        Refusal shown = progress.attempts() == 0 ? refusal : progress.exhausted();
        if (shown instanceof Refusal.AllBusy(Duration retryAfter)) {
            Instant now = now();
            memory.queues().keeps(place, now, now.plus(retryAfter));
        }
        return new SearchResult.Nothing(shown);
    }

    private void await(Duration left, int rows) throws IOException, InterruptedException {
        preparation.leave();
        try (Queues.Stay _ = memory.queues().waits(place)) {
            Duration mean = memory.queues().look(place, parts.time().timing().look(rows));
            long look = Math.max(1, mean.toMillis());
            Duration jittered = Duration.ofMillis(parts.random().nextLong(look / 2, look + look / 2 + 1));
            parts.time().pause().pause(shortest(jittered, left, patience.left(now())));
        }
        patience.tick(now());
    }

    private static Duration shortest(Duration first, Duration second, Duration third) {
        Duration least = first.compareTo(second) < 0 ? first : second;
        return least.compareTo(third) < 0 ? least : third;
    }

    private Instant now() {
        return parts.time().clock().instant();
    }
}
