package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.routing.AttemptTurn;

/**
 * The arithmetic of one request's time. All of it counts from the receipt of the request.
 *
 * <p>With the default times there is room for three streamed attempts (60 s each to a first token, the last beginning before 135 s) or
 * two whole ones (120 s each).
 */
record Budget(Job job, Timing timing) {

    /** When the request must be over, if {@code governing} rules it. */
    Instant end(PoolTimes governing) {
        Instant total = job.receivedAt().plus(governing.total());
        Instant worker = job.killedAt().minus(timing.workerMargin());
        return total.isBefore(worker) ? total : worker;
    }

    /**
     * Whether an attempt that begins now can run its whole time. A fallback pool whose attempts are longer than what the route's pool leaves has its own
     * total: otherwise it could never help.
     */
    boolean roomFor(PoolTimes attempt, PoolTimes governing, Instant now) {
        Instant over = now.plus(attempt.attempt());
        return !over.isAfter(end(governing)) || !over.isAfter(end(attempt));
    }

    /** How many attempts the request has in all. */
    int attempts(Pool governing) {
        return switch (job.origin()) {
            case FIRST_TRY -> governing.maxAttempts();
            case SDK_RETRY -> Math.min(2, governing.maxAttempts());
        };
    }

    /**
     * How many attempts could be made yet, the one that is looked for now included, should each stay silent to the end of its patience. The first is
     * never taken for one of the last: the route has its chance.
     */
    AttemptTurn turn(RequestProgress progress, Pool governing, Instant now) {
        if (progress.attempts() == 0) {
            return AttemptTurn.FIRST;
        }
        int most = attempts(governing) - progress.spent();
        int left = 1;
        Instant next = now.plus(silence(governing));
        while (left < most && roomFor(governing.times(), governing.times(), next)) {
            left++;
            next = next.plus(silence(governing));
        }
        return new AttemptTurn(left);
    }

    private Duration silence(Pool pool) {
        return streams(pool) ? pool.times().firstToken() : pool.times().whole();
    }

    /**
     * @param connect how soon the first byte must have left
     * @param now when the attempt begins
     */
    CallTimes callTimes(SearchResult.Found found, Duration connect, Instant now) {
        PoolTimes times = found.pool().times();
        return streams(found.pool())
                ? CallTimes.streamed(times, found.firstToken(), longest(found, now), connect)
                : CallTimes.whole(times, connect);
    }

    /**
     * How long an answer may flow. A session is bound to its slot, which expires by the attempt's time. A server that bears any number of requests
     * loses nothing by a longer one: there, an answer that flows may use all that is left of the request.
     */
    private Duration longest(SearchResult.Found found, Instant now) {
        PoolTimes times = found.pool().times();
        Duration left = Duration.between(now, end(times));
        boolean bound = switch (found.target().capacity()) {
            case Capacity.Slots ignored -> true;
            case Capacity.Unlimited ignored -> false;
        };
        return bound || left.compareTo(times.attempt()) < 0 ? times.attempt() : left;
    }

    /** Whether the pool's routers are asked to stream, so that a first token comes before the answer. */
    boolean streams(Pool pool) {
        return job.wish() == Job.Wish.STREAM && pool.streaming() == Streaming.NATIVE;
    }
}
