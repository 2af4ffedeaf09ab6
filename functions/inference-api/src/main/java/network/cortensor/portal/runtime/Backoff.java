package network.cortensor.portal.runtime;

import java.time.Duration;

/**
 * How long a loop waits before it asks again for an invocation that it was not given. Each wait is twice the one before: 100 ms, 200 ms, … 5 s.
 *
 * @param tries in a row that may reach nobody before the Runtime API counts as gone; a refusal is an answer, and is never the last word
 */
record Backoff(Duration first, Duration longest, int tries) {
    /** A Runtime API that cannot be reached for some 11 s is gone. */
    static final Backoff PRODUCTION = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 8);

    /** @param failures so far in a row, 1 or more */
    Duration wait(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, 16));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
