package network.cortensor.portal.model;

import java.time.Duration;

/**
 * How long something takes before most of it is over: the moving average plus twice the moving deviation, as TCP reckons with round trips. A value:
 * what is observed makes another one.
 *
 * <p>Example: after one observation of 10 s, {@link #most} is 20 s; after many of 10 s, it is 10 s.
 *
 * @param average in milliseconds
 * @param deviation in milliseconds
 */
public record UsualTime(double average, double deviation) {
    /** Weights of the newest observation, from RFC 6298. */
    private static final double NEWEST = 1.0 / 8;

    private static final double NEWEST_DEVIATION = 1.0 / 4;

    /** After one observation. */
    public static UsualTime first(Duration observed) {
        double millis = observed.toMillis();
        return new UsualTime(millis, millis / 2);
    }

    /** After one more observation. */
    public UsualTime and(Duration observed) {
        double millis = observed.toMillis();
        double off = Math.abs(average - millis);
        return new UsualTime(average + NEWEST * (millis - average), deviation + NEWEST_DEVIATION * (off - deviation));
    }

    /** When most are over. */
    public Duration most() {
        return Duration.ofMillis(Math.round(average + 2 * deviation));
    }
}
