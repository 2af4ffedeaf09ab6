package network.cortensor.portal.dispatch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a waiting customer's stream alive until its first token. Nothing is sent before {@link Timing#keepAliveAfter}, so that an early
 * failure still gets its true status.
 */
final class Patience {
    /** Longer than any request. */
    private static final Duration UNBOUNDED = Duration.ofHours(1);

    private final Delivery delivery;
    private final Duration every;
    private Optional<Instant> next;

    Patience(Job job, Delivery delivery, Timing timing) {
        this.delivery = delivery;
        this.every = timing.keepAliveEvery();
        this.next = switch (job.wish()) {
            case STREAM, BUFFERED_STREAM -> Optional.of(job.receivedAt().plus(timing.keepAliveAfter()));
            case WHOLE -> Optional.empty();
        };
    }

    /** How long one may wait before {@link #tick} is due; zero if it is. */
    Duration left(Instant now) {
        return next.filter(due -> due.isAfter(now))
                .map(due -> Duration.between(now, due))
                .orElse(next.isPresent() ? Duration.ZERO : UNBOUNDED);
    }

    /** Sends a sign of life if one is due. */
    void tick(Instant now) throws IOException {
        if (next.filter(due -> !now.isBefore(due)).isPresent()) {
            delivery.keepAlive();
            next = Optional.of(now.plus(every));
        }
    }

    /** The first token is there: the answer itself shows life from now on. */
    void end() {
        next = Optional.empty();
    }
}
