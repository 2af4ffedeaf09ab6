package network.cortensor.portal.dispatch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.routing.Decision;
import network.cortensor.portal.routing.Question;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.slots.Take;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;

/**
 * Finds a target with a free slot for one request: walks the decision's order, and when all are busy waits and looks again, at the
 * catalog too, so that an operator's edit reaches waiting requests.
 */
final class SlotSearch {
    private final Parts parts;
    private final Job job;
    private final Budget budget;
    private final Progress progress;
    private final Patience patience;
    private final UsualTimes usual;

    SlotSearch(Parts parts, Job job, Progress progress, Patience patience, UsualTimes usual) {
        this.parts = parts;
        this.job = job;
        this.budget = new Budget(job, parts.time().timing());
        this.progress = progress;
        this.patience = patience;
        this.usual = usual;
    }

    Find find() throws IOException, InterruptedException {
        while (true) {
            AliasView view;
            try {
                Optional<AliasView> found = parts.catalog().find(job.alias());
                if (found.isEmpty()) {
                    return nothing(new Refusal.UnknownAlias());
                }
                view = found.get();
            } catch (CatalogUnavailable e) {
                return nothing(new Refusal.StoreUnavailable());
            }
            Look look = look(view);
            switch (look) {
                case Look.Over over -> {
                    return over.find();
                }
                case Look.Busy busy -> {
                    Duration left = busy.queue().minus(progress.queueWait());
                    if (!left.isPositive()) {
                        return nothing(new Refusal.AllBusy(RetryAdvice.of(busy.free(), now(), parts.random())));
                    }
                    await(left);
                }
            }
        }
    }

    /** What one walk over the candidates showed. */
    private sealed interface Look {
        record Over(Find find) implements Look {}

        /** @param free when each busy slot is likely to be free */
        record Busy(Duration queue, List<Instant> free) implements Look {}
    }

    private Look look(AliasView view) {
        Instant now = now();
        Decision decision =
                Decision.of(view, new Question(job.customer(), job.request().features(), progress.tried(), now));
        Optional<PoolView> governing = decision.governing();
        if (governing.isEmpty()) {
            return new Look.Over(nothing(new Refusal.NoRouteOpen()));
        }
        Pool rules = governing.get().pool();
        if (progress.attempts() >= budget.attempts(rules)) {
            return new Look.Over(nothing(new Refusal.AttemptsFailed()));
        }
        if (decision.failsOpen()) {
            parts.journal()
                    .write(Line.of("fail_open").dimension("pool", rules.name()).metric(Metric.FAIL_OPEN, 1));
        }
        return new Walk(view, rules, now).over(decision.order(parts.random()));
    }

    /** One walk over the candidates, best first, until one has a free slot. */
    private final class Walk {
        private final AliasView view;
        private final Pool rules;
        private final Instant now;
        private final Slots.Pass pass = parts.slots().pass();
        private final List<Instant> free = new ArrayList<>();
        private boolean doubtful;
        private boolean busy;
        private boolean late;

        private Walk(AliasView view, Pool rules, Instant now) {
            this.view = view;
            this.rules = rules;
            this.now = now;
        }

        private Look over(Iterator<TargetView> order) {
            while (order.hasNext()) {
                TargetView candidate = order.next();
                Pool pool =
                        view.pool(candidate.target().id().pool()).orElseThrow().pool();
                if (!budget.roomFor(pool.times(), rules.times(), now())) {
                    late = true;
                    continue;
                }
                Optional<Find> found = tryTake(candidate, pool);
                if (found.isPresent()) {
                    return new Look.Over(found.get());
                }
            }
            if (busy) {
                return new Look.Busy(rules.times().queue(), free);
            }
            return new Look.Over(nothing(whyNone()));
        }

        private Refusal whyNone() {
            if (doubtful) {
                return new Refusal.StoreUnavailable();
            }
            return late ? new Refusal.TimedOut() : new Refusal.NoRouteOpen();
        }

        private Optional<Find> tryTake(TargetView candidate, Pool pool) {
            Target target = candidate.target();
            return switch (target.capacity()) {
                case Capacity.Unlimited ignored -> Optional.of(found(target, pool, Optional.empty()));
                case Capacity.Slots slots ->
                    switch (pass.take(
                            target.session(), slots.count(), pool.times().attempt())) {
                        case Take.Taken taken -> Optional.of(found(target, pool, Optional.of(taken)));
                        case Take.Busy by -> {
                            busy = true;
                            by.by().forEach(lease -> free.add(likelyFree(lease, candidate)));
                            yield Optional.empty();
                        }
                        case Take.Doubtful ignored -> {
                            doubtful = true;
                            yield Optional.empty();
                        }
                    };
            };
        }

        private Find found(Target target, Pool pool, Optional<Take.Taken> slot) {
            return new Find.Found(target, pool, slot, Duration.between(view.readAt(), now));
        }

        /** A slot that is held for longer than usual is likely lost to a hung task, and comes back when it expires. */
        private Instant likelyFree(Lease lease, TargetView candidate) {
            Duration attempt = usual.of(candidate.target().id().pool())
                    .or(candidate::firstToken)
                    .orElse(parts.time().timing().usualAttempt());
            Instant likely = lease.takenAt().plus(attempt);
            return likely.isAfter(now) ? likely : parts.slots().freeAt(lease);
        }
    }

    /** Once something was tried, what came of it is the answer. */
    private Find.Nothing nothing(Refusal refusal) {
        return new Find.Nothing(progress.attempts() == 0 ? refusal : progress.exhausted());
    }

    private void await(Duration left) throws IOException, InterruptedException {
        Instant start = now();
        long look = parts.time().timing().look().toMillis();
        Duration jittered = Duration.ofMillis(parts.random().nextLong(look / 2, look + look / 2 + 1));
        parts.time().pause().pause(shortest(jittered, left, patience.left(start)));
        patience.tick(now());
        progress.waited(Duration.between(start, now()));
    }

    private static Duration shortest(Duration first, Duration second, Duration third) {
        Duration least = first.compareTo(second) < 0 ? first : second;
        return least.compareTo(third) < 0 ? least : third;
    }

    private Instant now() {
        return parts.time().clock().instant();
    }
}
