package network.cortensor.portal.activity;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What requests of one model come to.
 *
 * @param requests those that were sent, or would have been had there been a free session; a customer's own mistakes are none
 * @param answered those that got a whole answer
 * @param firstTokens how many had their first token within which step of time: step s is from 125 ms × 2^(s/2) on, so that a median read from it is
 *     at most a fifth off
 */
public record ActivitySums(long requests, long answered, Map<Integer, Long> firstTokens) {
    public static final ActivitySums NONE = new ActivitySums(0, 0, Map.of());

    /** Longer than any request. */
    public static final int STEPS = 24;

    private static final double FIRST_MILLIS = 125;

    public ActivitySums {
        if (requests < 0 || answered < 0) {
            throw new IllegalArgumentException("sums: " + requests + ", " + answered + " (expected: each >= 0)");
        }
        firstTokens = Map.copyOf(firstTokens);
    }

    /** One request. */
    public static ActivitySums of(boolean answered, Optional<Duration> firstToken) {
        return new ActivitySums(
                1,
                answered ? 1 : 0,
                firstToken.map(time -> Map.of(step(time), 1L)).orElse(Map.of()));
    }

    private static int step(Duration time) {
        double doublings = Math.log(Math.max(1, time.toMillis()) / FIRST_MILLIS) / Math.log(2);
        return (int) Math.clamp(Math.floor(2 * doublings), 0, STEPS - 1);
    }

    public ActivitySums plus(ActivitySums other) {
        Map<Integer, Long> together = new TreeMap<>(firstTokens);
        other.firstTokens.forEach((step, count) -> together.merge(step, count, Long::sum));
        return new ActivitySums(requests + other.requests, answered + other.answered, together);
    }

    /** Whether requests can have come to this: what was spoiled by hand says of some that they were answered, or began to be, and were none. */
    public boolean consistent() {
        long begun = firstTokens.values().stream().mapToLong(Long::longValue).sum();
        return answered <= requests
                && begun <= requests
                && firstTokens.keySet().stream().allMatch(step -> step < STEPS);
    }

    /** The middle of the step that half of the first tokens had come in by. */
    public Optional<Duration> medianFirstToken() {
        long all = firstTokens.values().stream().mapToLong(Long::longValue).sum();
        long seen = 0;
        for (Map.Entry<Integer, Long> step : new TreeMap<>(firstTokens).entrySet()) {
            seen += step.getValue();
            if (2 * seen >= all) {
                return Optional.of(Duration.ofMillis(
                        Math.round(FIRST_MILLIS * Math.pow(2, (step.getKey() + 0.5) / 2))));
            }
        }
        return Optional.empty();
    }
}
