package network.cortensor.portal.health;

import java.time.Duration;
import java.time.Instant;

/** Whether a target is in rotation, and what it has to do to come back. {@link HealthFold} draws the transitions. */
public sealed interface Rotation {
    boolean ejected(Instant now);

    /** In rotation, and no ejection is remembered. */
    record In() implements Rotation {
        @Override
        public boolean ejected(Instant now) {
            return false;
        }
    }

    /**
     * Out of rotation until enough passes in a row are seen, and not before {@code until}.
     *
     * @param count which ejection this is, from 1; the time in rotation after which it begins anew is {@link #FORGIVEN_AFTER}
     */
    record Ejected(int count, Instant until) implements Rotation {
        public Ejected {
            requireCount(count);
        }

        @Override
        public boolean ejected(Instant now) {
            return true;
        }
    }

    /**
     * Enough passes were seen: in rotation from {@code from} on.
     *
     * @param count how many ejections are remembered
     * @param from in the future when the passes came before the ejection's time was over
     */
    record Returned(int count, Instant from) implements Rotation {
        public Returned {
            requireCount(count);
        }

        @Override
        public boolean ejected(Instant now) {
            return now.isBefore(from);
        }
    }

    /** What the first ejection lasts; each further one lasts as much longer. */
    Duration EJECTION = Duration.ofSeconds(30);

    /** What an ejection lasts at most. */
    Duration LONGEST_EJECTION = Duration.ofMinutes(5);

    /** After so long in rotation, the next ejection counts as the first again. */
    Duration FORGIVEN_AFTER = Duration.ofHours(1);

    /** Out now, for longer if the last time is not forgiven yet. */
    default Rotation eject(Instant now) {
        return switch (this) {
            case In ignored -> out(1, now);
            case Ejected ejected -> ejected;
            case Returned returned -> {
                boolean forgiven = !returned.from().plus(FORGIVEN_AFTER).isAfter(now);
                yield out(forgiven ? 1 : returned.count() + 1, now);
            }
        };
    }

    /** What one failure does that is not enough for an ejection: an ejected target that has passed once has to pass twice again. */
    default Rotation stumble(Instant now) {
        return switch (this) {
            case In in -> in;
            case Ejected ejected -> ejected;
            case Returned returned -> returned.ejected(now) ? new Ejected(returned.count(), returned.from()) : returned;
        };
    }

    /** What enough passes in a row do. */
    default Rotation comeBack(Instant now) {
        return switch (this) {
            case In in -> in;
            case Ejected ejected ->
                new Returned(ejected.count(), ejected.until().isAfter(now) ? ejected.until() : now);
            case Returned returned -> returned;
        };
    }

    /** This, ending {@code now} instead where its end lies at or after {@code bound}. */
    default Rotation until(Instant bound, Instant now) {
        return switch (this) {
            case In in -> in;
            case Ejected ejected -> ejected.until().isBefore(bound) ? ejected : new Ejected(ejected.count(), now);
            case Returned returned -> returned.from().isBefore(bound) ? returned : new Returned(returned.count(), now);
        };
    }

    private static Rotation out(int count, Instant now) {
        Duration grown = EJECTION.multipliedBy(count);
        return new Ejected(count, now.plus(grown.compareTo(LONGEST_EJECTION) > 0 ? LONGEST_EJECTION : grown));
    }

    private static void requireCount(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + " (expected: >= 1)");
        }
    }
}
