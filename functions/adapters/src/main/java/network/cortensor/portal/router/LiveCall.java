package network.cortensor.portal.router;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.DeadlinePassed.Phase;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.wire.Exchange;

/**
 * The caller's side of a call. It keeps the deadlines: whatever an attempt's thread hangs in, it is ended by closing its socket under it.
 * A caller that asks for nothing lets no deadline pass.
 */
final class LiveCall implements RouterCall {
    /** Longer waits are shortened to this; a deadline comes before. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Exchange exchange;
    private final Relay relay;
    private final Hearing hearing;
    private final Deadlines deadlines;
    private final InstantSource clock;
    private final Thread thread;
    private final Deque<RouterEvent> heard = new ArrayDeque<>();
    private boolean over;
    private boolean closed;

    /** Begins at once. */
    LiveCall(CallWorker attempt, AnswerReader reader, Deadlines deadlines, InstantSource clock) {
        this.exchange = attempt.exchange();
        this.relay = attempt.relay();
        this.hearing = new Hearing(reader, deadlines.openedAt());
        this.deadlines = deadlines;
        this.clock = clock;
        // A platform thread waits in its socket itself; a virtual one would be woken by a poller, and wake its carrier.
        this.thread = Thread.ofPlatform().name("attempt").daemon().start(() -> attempt.run(deadlines.sendBefore()));
    }

    @Override
    public Optional<RouterEvent> next(Duration wait) throws InterruptedException {
        hearing.comes(clock.instant());
        long until = System.nanoTime() + shorter(wait, LONGEST_WAIT).toNanos();
        while (heard.isEmpty() && !over) {
            Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
            Optional<AnswerQueue> arrival = tooLong() ? Optional.empty() : relay.poll(shorter(left, untilDeadline()));
            if (arrival.isPresent()) {
                heard.addAll(hear(arrival.get()));
            } else if (!untilDeadline().isPositive()) {
                heard.addAll(expired());
            } else if (left.isZero()) {
                break;
            }
        }
        Optional<RouterEvent> event = Optional.ofNullable(heard.poll());
        event.ifPresent(given -> hearing.leaves(clock.instant()));
        over |= event.filter(Events::last).isPresent();
        return event;
    }

    @Override
    public boolean taskEnded() throws InterruptedException {
        hearing.comes(clock.instant());
        while (hearing.streamEnd().isEmpty()) {
            Optional<AnswerQueue> arrival = tooLong() ? Optional.empty() : relay.poll(untilDeadline());
            if (arrival.isPresent()) {
                hear(arrival.get());
            } else if (!untilDeadline().isPositive()) {
                return false;
            }
        }
        return hearing.streamEnd().get() == StreamEnd.SEEN;
    }

    @Override
    public SpecialTokens specialTokens() {
        return hearing.specialTokens();
    }

    @Override
    public boolean unsent() {
        return closed && !exchange.sent();
    }

    @Override
    public void close() {
        over = true;
        heard.clear();
        end();
        closed = true;
    }

    /** A bug in a reader is told without its message: it may quote a router. */
    private List<RouterEvent> hear(AnswerQueue arrival) {
        try {
            return hearing.hear(arrival);
        } catch (RuntimeException bug) {
            throw AnswerQueue.Bug.of(bug).raised();
        }
    }

    /** However fast a router speaks, and however slowly its customer reads. */
    private boolean tooLong() {
        return exchange.sent() && !clock.instant().isBefore(deadlines.whole());
    }

    private Duration untilDeadline() {
        Instant deadline = exchange.sent() ? deadlines.next(hearing.standing()).at() : deadlines.sendBefore();
        return Duration.between(clock.instant(), deadline);
    }

    /** What becomes of an attempt for its lateness; empty if something has come of it at the last moment after all. */
    private List<RouterEvent> expired() throws InterruptedException {
        if (!exchange.sent()) {
            Optional<Failure> unsent = exchange.giveUpUnsent();
            unsent.ifPresent(failure -> end());
            return unsent.map(Events::failed).orElse(List.of());
        }
        Deadlines.Deadline missed = deadlines.next(hearing.standing());
        if (missed.left(clock.instant()).isPositive()) {
            return List.of();
        }
        if (hearing.standing() instanceof Deadlines.Standing.Concluded) {
            return hearing.nothingFollows();
        }
        relay.gather();
        end();
        return lastWords(missed.phase());
    }

    /** What was there already when the attempt was ended may hold the end of the answer. */
    private List<RouterEvent> lastWords(Phase missed) {
        List<RouterEvent> events = new ArrayList<>();
        while (events.isEmpty() || !Events.last(events.getLast())) {
            events.addAll(
                    relay.poll().filter(LiveCall::worthReading).map(this::hear).orElseGet(() -> withoutEnd(missed)));
        }
        return events;
    }

    /** A model that has spoken steadily to the end of its time has not failed; its answer is cut there. */
    private List<RouterEvent> withoutEnd(Phase missed) {
        return switch (hearing.standing()) {
            case Deadlines.Standing.Concluded _ -> hearing.nothingFollows();
            case Deadlines.Standing.Speaking _ when missed == Phase.WHOLE_ANSWER -> hearing.cutOff();
            case Deadlines.Standing.Speaking _, Deadlines.Standing.Silent _ ->
                Events.failed(new Failure.DeadlinePassed(missed));
        };
    }

    /** That the answer breaks off here is our own doing. */
    private static boolean worthReading(AnswerQueue arrival) {
        return switch (arrival) {
            case AnswerQueue.Whole _, AnswerQueue.Event _, AnswerQueue.Bug _ -> true;
            case AnswerQueue.Stream _ -> false;
            case AnswerQueue.Over over -> over.end() == StreamEnd.SEEN;
            case AnswerQueue.Failed _ -> false;
        };
    }

    private void end() {
        exchange.close();
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
