package network.cortensor.portal.dispatch;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.router.Approach;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.routing.AttemptTurn;
import network.cortensor.portal.routing.Decision;
import network.cortensor.portal.routing.Needs;
import network.cortensor.portal.routing.Question;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.time.SideBySide.Pending;

/**
 * What is done ahead of a request that one of several pools' targets is to answer. Targets are drawn by chance; so that what was read ahead is of the target that the
 * request is sent to, its first scan draws them as the look ahead did: from one seed.
 */
final class PoolPreparation implements Preparation {
    private final DispatcherParts parts;
    private final WorkerMemory memory;
    private final String customer;
    private final long seed;
    private final List<Pending<?, ?>> begun = new ArrayList<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private Optional<Looked> looked = Optional.empty();
    private Approach approach = Approach.NONE;
    private boolean scanned;

    /**
     * @param decision that the target comes of
     * @param router whose slots are read; empty if the first target needs none, or there is no target
     */
    private record Looked(
            Decision decision, Optional<String> router, Optional<Pending<Slots.Pass, RuntimeException>> slots) {}

    PoolPreparation(DispatcherParts parts, WorkerMemory memory, String customer) {
        this.parts = parts;
        this.memory = memory;
        this.customer = customer;
        this.seed = parts.random().nextLong();
    }

    @Override
    public void look(AliasView view, Needs needs) {
        Decision decision = decision(view, needs);
        Iterator<TargetView> order = order(decision);
        Optional<Target> first = order.hasNext() ? Optional.of(order.next().target()) : Optional.empty();
        Optional<String> router = first.filter(target -> target.capacity() instanceof Capacity.Slots)
                .map(target -> target.session().router());
        Optional<Looked> same = looked.filter(last -> last.router().equals(router));
        if (same.isPresent()) {
            looked = Optional.of(new Looked(decision, router, same.get().slots()));
            return;
        }
        first.ifPresent(target -> begin(() -> {
            parts.router().readCredential(target);
            return target;
        }));
        looked = Optional.of(new Looked(
                decision, router, router.map(name -> begin(() -> parts.slots().pass(name)))));
    }

    private <T> Pending<T, RuntimeException> begin(Supplier<T> read) {
        Pending<T, RuntimeException> pending = parts.time().beside().begin(read::get);
        begun.add(pending);
        return pending;
    }

    private Decision decision(AliasView view, Needs needs) {
        Instant now = parts.time().clock().instant();
        return Decision.of(
                view,
                new Question(customer, needs, Set.of(), memory.suspicions().at(now), now));
    }

    /** Drawn as far as it is read, because each draw costs what is left of a pool. */
    private Iterator<TargetView> order(Decision decision) {
        return decision.order(new SplittableRandom(seed), AttemptTurn.FIRST);
    }

    @Override
    public void connect() {
        looked.ifPresent(last -> {
            Optional<Slots.Pass> slots = last.slots().map(Pending::await);
            Iterator<TargetView> order = order(last.decision());
            while (order.hasNext()) {
                Target target = order.next().target();
                if (mayBeFree(target, slots)) {
                    approach = parts.router().approach(target, Slots.SEND_WITHIN);
                    return;
                }
            }
        });
    }

    private static boolean mayBeFree(Target target, Optional<Slots.Pass> slots) {
        return switch (target.capacity()) {
            case Capacity.Unlimited _ -> true;
            case Capacity.Slots(int count) ->
                slots.map(pass -> pass.mayHaveRoom(target.session(), count)).orElse(true);
        };
    }

    @Override
    public Outcome dispatch(Job job, Recorded recorded, Delivery delivery) throws IOException, InterruptedException {
        return new RequestDispatch(parts, job, delivery, memory, this, recorded).run();
    }

    /** For one scan of candidates: the first draws targets as they were drawn ahead. */
    RandomGenerator random() {
        boolean first = !scanned;
        scanned = true;
        return first ? new SplittableRandom(seed) : parts.random();
    }

    /** For one scan of candidates: what was read ahead, once and while it is new. */
    Slots.Pass slots() {
        Optional<Slots.Pass> ahead =
                looked.flatMap(Looked::slots).map(Pending::await).filter(Slots.Pass::isFresh);
        looked = Optional.empty();
        return ahead.orElseGet(() -> parts.slots().pass());
    }

    /** Waits for the credential, if it is being read. Before an attempt, whose deadlines count from its beginning. */
    void awaitCredential() {
        begun.forEach(SideBySide::end);
        begun.clear();
    }

    /** Begins an attempt, on the connection that was made ahead if it leads there. */
    RouterCall open(Target target, CompletionRequest request, CallTimes times) {
        if (approach.leadsTo(target)) {
            return approach.open(target, request, times);
        }
        leave();
        return parts.router().open(target, request, times);
    }

    /** Closes the connection that was made ahead: the request waits, or goes elsewhere. */
    void leave() {
        approach.close();
    }

    /** Has something done when a pending call has ended, before anything else is tried for the request, and at the latest by {@link #close}. */
    void afterwards(Runnable end) {
        afterwards.add(end);
    }

    /** Waits for what an attempt has left to be done. */
    void finish() {
        afterwards.forEach(Runnable::run);
        afterwards.clear();
    }

    @Override
    public void close() {
        leave();
        finish();
        awaitCredential();
    }
}
