package network.cortensor.portal.testkit.router;

import java.util.Random;

/** What becomes of a task that begins while the session is busy. Safe for use by many threads. */
@FunctionalInterface
public interface Mixup {
    /** Both answers are complete, but each asker gets the other's text from then on. */
    Mixup SWAPPED = () -> Outcome.SWAPPED;

    /** The newcomer gets a 502 {@code router_v4_correlation_mismatch}; the task before it is not disturbed. */
    Mixup MISMATCH = () -> Outcome.MISMATCH;

    /** How one such meeting ends. */
    enum Outcome {
        SWAPPED,
        MISMATCH
    }

    Outcome next();

    /** Either, by chance, as on a real router. */
    static Mixup seeded(long seed) {
        // Random is safe for use by many threads, which newer generators are not.
        Random random = new Random(seed);
        return () -> random.nextBoolean() ? Outcome.SWAPPED : Outcome.MISMATCH;
    }
}
