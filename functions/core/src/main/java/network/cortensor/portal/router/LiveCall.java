package network.cortensor.portal.router;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
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
    private final Deadlines deadlines;
    private final InstantSource clock;
    private final Thread thread;
    private boolean over;

    /** Begins at once. */
    LiveCall(Attempt attempt, Deadlines deadlines, InstantSource clock) {
        this.exchange = attempt.exchange();
        this.relay = attempt.relay();
        this.deadlines = deadlines;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("attempt").start(() -> attempt.run(deadlines.sendBefore()));
    }

    @Override
    public Optional<RouterEvent> next(Duration wait) throws InterruptedException {
        long until = System.nanoTime() + shorter(wait, LONGEST_WAIT).toNanos();
        while (!over) {
            Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
            Optional<RouterEvent> event = relay.poll(shorter(left, untilDeadline()));
            if (event.isEmpty() && !untilDeadline().isPositive()) {
                event = expired().map(RouterEvent.Failed::new);
            } else if (event.isEmpty() && left.isZero()) {
                return Optional.empty();
            }
            if (event.isPresent()) {
                over = Events.last(event.get());
                return event;
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        over = true;
        end();
    }

    private Duration untilDeadline() {
        Instant deadline = exchange.sent() ? deadlines.next(relay.standing()).at() : deadlines.sendBefore();
        return Duration.between(clock.instant(), deadline);
    }

    /** Ends the attempt for its lateness; empty if something has come of it at the last moment after all. */
    private Optional<Failure> expired() {
        if (!exchange.sent()) {
            Optional<Failure> unsent = exchange.giveUpUnsent();
            unsent.ifPresent(failure -> end());
            return unsent;
        }
        Deadlines.Deadline missed = deadlines.next(relay.standing());
        if (missed.left(clock.instant()).isPositive()) {
            return Optional.empty();
        }
        end();
        return relay.holdsEnd() ? Optional.empty() : Optional.of(new Failure.DeadlinePassed(missed.phase()));
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
