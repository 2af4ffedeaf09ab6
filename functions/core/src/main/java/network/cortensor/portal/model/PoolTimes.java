package network.cortensor.portal.model;

import java.time.Duration;

/**
 * How long a pool's requests may take. Fractions of a second are allowed.
 *
 * @param firstToken from the first byte sent to a router until its first token, for native streams
 * @param idle between two events of a native stream
 * @param attempt one attempt from its slot to its end; also the router-side {@code timeout}
 * @param total the whole request from its receipt
 * @param queue how long a request may wait for a free slot
 */
public record PoolTimes(Duration firstToken, Duration idle, Duration attempt, Duration total, Duration queue) {
    /** Longest {@code total}: below the 300 s after which the proxies in front of routers hang up. */
    public static final Duration LONGEST_TOTAL = Duration.ofSeconds(285);

    /** Routers were seen to answer within 8–81 s, or not at all. */
    public static final PoolTimes DEFAULTS = new PoolTimes(
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(150),
            LONGEST_TOTAL,
            Duration.ofSeconds(15));

    /** What goes before an attempt at most: the reads of the catalog and of the slots, with their own time-outs. */
    private static final Duration LONGEST_PRELUDE = Duration.ofSeconds(5);

    /** What a whole answer has less than its attempt at most, so that with the default times a second attempt fits into the request. */
    private static final Duration WHOLE_MARGIN = Duration.ofSeconds(30);

    /** What routers want between their {@code precommit_timeout} and their {@code timeout}. */
    private static final Duration PRECOMMIT_MARGIN = Duration.ofSeconds(60);

    public PoolTimes {
        requirePositive("firstToken", firstToken);
        requirePositive("idle", idle);
        requirePositive("attempt", attempt);
        requirePositive("total", total);
        if (queue.isNegative()) {
            throw new IllegalArgumentException("queue: " + queue + " (expected: >= 0)");
        }
        if (total.compareTo(LONGEST_TOTAL) > 0) {
            throw new IllegalArgumentException("total: " + total + " (expected: <= " + LONGEST_TOTAL + ")");
        }
    }

    /**
     * The longest attempt that a request can begin at all: an attempt begins only if it can run its whole time, and reads go before it. It is {@code total} − the
     * smaller of 5 s and {@code total}/10: with the default total of 285 s it is 280 s.
     */
    public Duration longestAttempt() {
        return total.minus(smaller(LONGEST_PRELUDE, total.dividedBy(10)));
    }

    /**
     * How long an answer that is asked for in one piece is waited for: {@code attempt} − the smaller of 30 s and {@code attempt}/5. With the default attempt of
     * 150 s it is 120 s; with one of 20 s it is 16 s.
     */
    public Duration whole() {
        return attempt.minus(smaller(WHOLE_MARGIN, attempt.dividedBy(5)));
    }

    /** The {@code precommit_timeout} that a router is sent beside this {@code timeout}: 60 s less, at least 1 s. */
    public static Duration precommit(Duration timeout) {
        Duration precommit = timeout.minus(PRECOMMIT_MARGIN);
        return precommit.toSeconds() < 1 ? Duration.ofSeconds(1) : precommit;
    }

    /** Whether a request can be sent to a router at all under these times. */
    public boolean serve() {
        return attempt.compareTo(longestAttempt()) <= 0;
    }

    private static Duration smaller(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void requirePositive(String field, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: > 0)");
        }
    }
}
