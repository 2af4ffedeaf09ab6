package network.cortensor.portal.usage;

/**
 * What was used in one window.
 *
 * @param past before the current sixtieth; changes only when time moves on
 * @param now in the current sixtieth, and whatever is reserved
 */
public record Meter(Sixtieths past, long now) {
    public static final Meter ZERO = new Meter(Sixtieths.NONE, 0);

    long total() {
        return SaturatingSums.plus(past.total(), now);
    }

    Meter plus(long amount) {
        return new Meter(past, SaturatingSums.plus(now, amount));
    }

    Meter plus(Meter other) {
        return new Meter(past.plus(other.past), SaturatingSums.plus(now, other.now));
    }

    /**
     * After time has moved on.
     *
     * @param steps sixtieths since the current one
     * @param kept what of {@code now} was not used but reserved, and so belongs to no sixtieth yet
     */
    Meter moved(long steps, long kept) {
        return steps == 0 ? this : new Meter(past.pushed(now - kept, steps), kept);
    }

    /** How many sixtieths must pass until no more than {@code most} counts. */
    long stepsUntil(long most) {
        long excess = total() - most;
        return excess <= 0 ? 0 : past.stepsUntilGone(excess);
    }
}
