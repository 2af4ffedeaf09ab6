package network.cortensor.portal.usage;

/**
 * Sums of counts. A sum stops at {@link #MOST} instead of running over into numbers below zero, which would lift every limit and could not be
 * written. A customer with an absurd number is refused until the number leaves its window, and not for ever.
 */
public final class SaturatingSums {
    /** A thousand times the largest limit that a plan may have, and what a fleet of a thousand sessions needs thousands of years for. */
    public static final long MOST = 1_000_000_000_000_000L;

    private SaturatingSums() {}

    /** {@code left + right}, and no further from zero than {@link #MOST}. */
    public static long plus(long left, long right) {
        return clamped(clamped(left) + clamped(right));
    }

    /** The number, or what is nearest to it between -{@link #MOST} and {@link #MOST}. */
    public static long clamped(long number) {
        return Math.clamp(number, -MOST, MOST);
    }
}
