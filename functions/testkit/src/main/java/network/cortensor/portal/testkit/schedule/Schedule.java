package network.cortensor.portal.testkit.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/**
 * Runs actors one at a time in virtual time. Time stands still while an actor runs; when it {@linkplain #pause pauses}, the actor that is due
 * next goes on, and among those that are due at the same instant the generator decides. So one seed is one interleaving, which can be
 * replayed, and hours pass in milliseconds.
 *
 * <p>Actors may use blocking code as it is, if all its waiting goes through {@link #pause}. Each has a virtual thread; only the one whose
 * turn it is runs, and nothing that actors share needs a lock. All methods but {@link #run} may be called before it or by actors and
 * events; {@link #run} once.
 */
public final class Schedule implements InstantSource {
    private static final Comparator<Entry> NEXT_FIRST =
            Comparator.comparing(Entry::when).thenComparingInt(Entry::luck).thenComparingLong(Entry::number);

    private final RandomGenerator random;
    private final PriorityQueue<Entry> entries = new PriorityQueue<>(NEXT_FIRST);
    private final List<Turn> turns = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private Instant now;
    private long number;
    private Optional<Turn> running = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();

    /** @param random decides who goes first among those who are due at once */
    public Schedule(Instant start, RandomGenerator random) {
        this.now = start;
        this.random = random;
    }

    private record Entry(Instant when, int luck, long number, Due due) {}

    private sealed interface Due {
        record Resume(Turn turn) implements Due {}

        record Happen(Runnable event) implements Due {}
    }

    /** The virtual time. */
    @Override
    public Instant instant() {
        return now;
    }

    /** A clock that is ahead of the virtual time, or behind it if {@code ahead} is negative. */
    public InstantSource clock(Duration ahead) {
        return () -> now.plus(ahead);
    }

    /** Who runs now, for traces. */
    public String actor() {
        return running.map(Turn::name).orElse("-");
    }

    /** Adds an actor that begins at {@code when}. */
    public void start(String name, Instant when, Actor actor) {
        Turn turn = new Turn(name, () -> act(actor));
        turns.add(turn);
        turn.start();
        enter(when, new Due.Resume(turn));
    }

    /** Has something happen at {@code when}, by nobody's doing. It may not pause. */
    public void at(Instant when, Runnable event) {
        enter(when, new Due.Happen(event));
    }

    /** Lets time pass for the calling actor; zero lets others who are due go first, if the generator says so. */
    public void pause(Duration duration) {
        if (failure.isPresent()) {
            throw new Turn.ScheduleEnded();
        }
        Turn mine = running.orElseThrow(() -> new IllegalStateException("only actors pause"));
        enter(now.plus(duration), new Due.Resume(mine));
        Turn next = next().orElseThrow();
        if (next != mine) {
            next.grant();
            mine.await();
        }
    }

    /** Something that actors wait for, as long as another one needs to bring it about. Given once. */
    public final class Signal {
        private final List<Turn> waiting = new ArrayList<>();
        private boolean given;

        private Signal() {}

        /** The actors that wait go on at this instant, in an order that the generator decides. */
        public void give() {
            given = true;
            waiting.forEach(turn -> enter(now, new Due.Resume(turn)));
            waiting.clear();
        }

        /** Waits until it is given; returns at once if it was. */
        public void await() {
            if (failure.isPresent()) {
                throw new Turn.ScheduleEnded();
            }
            if (given) {
                return;
            }
            Turn mine = running.orElseThrow(() -> new IllegalStateException("only actors wait"));
            waiting.add(mine);
            Turn next = next().orElseThrow(() -> new IllegalStateException("nobody is left to give the signal"));
            if (next != mine) {
                next.grant();
                mine.await();
            }
        }
    }

    /** A signal that was not given yet. */
    public Signal signal() {
        return new Signal();
    }

    /**
     * Runs until no actor and no event is left.
     *
     * @throws AssertionError with what an actor or event threw as its cause
     */
    public void run() throws InterruptedException {
        next().ifPresentOrElse(Turn::grant, over::countDown);
        over.await();
        if (failure.isPresent()) {
            throw new AssertionError("at " + now + " in " + actor(), failure.get());
        }
    }

    private void enter(Instant when, Due due) {
        if (when.isBefore(now)) {
            throw new IllegalArgumentException("when: " + when + " (expected: >= " + now + ")");
        }
        entries.add(new Entry(when, random.nextInt(), number++, due));
    }

    /** Moves time on to the next actor's turn and lets happen what is due before; empty when all is over or something failed. */
    private Optional<Turn> next() {
        for (Entry entry = entries.poll(); entry != null; entry = entries.poll()) {
            now = entry.when();
            switch (entry.due()) {
                case Due.Resume resume -> {
                    running = Optional.of(resume.turn());
                    return running;
                }
                case Due.Happen happen -> {
                    running = Optional.empty();
                    happen.event().run();
                }
            }
        }
        return Optional.empty();
    }

    private void act(Actor actor) {
        try {
            actor.act();
            next().ifPresentOrElse(Turn::grant, over::countDown);
        } catch (Turn.ScheduleEnded e) {
            // Another actor's failure is what run() reports.
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        failure = Optional.of(e);
        turns.forEach(Turn::end);
        over.countDown();
    }
}
