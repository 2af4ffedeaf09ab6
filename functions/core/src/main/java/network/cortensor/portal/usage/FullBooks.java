package network.cortensor.portal.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counters of customers who were refused for what only time gives back, remembered for a moment: they can only have grown since, so a refusal by
 * them is right and costs no read. An operator who deletes them or changes a plan waits no longer than {@link #KEPT}. Safe for use by many
 * threads.
 */
final class FullBooks {
    static final Duration KEPT = Duration.ofSeconds(1);

    /** Who was refused within this time is likely refused again. */
    static final Duration JUST_NOW = Duration.ofSeconds(10);

    /** Beyond it everything is forgotten: a read more is cheap. */
    private static final int MOST = 1_000;

    private final ConcurrentHashMap<String, Kept> byCustomer = new ConcurrentHashMap<>();

    /** When customers were refused last, for whatever limit. */
    private final ConcurrentHashMap<String, Instant> refused = new ConcurrentHashMap<>();

    private record Kept(Counters counters, Instant readAt) {}

    void keep(Counters counters, Instant readAt) {
        if (byCustomer.size() >= MOST) {
            byCustomer.clear();
        }
        byCustomer.put(counters.customer(), new Kept(counters, readAt));
    }

    void refused(String customer, Instant now) {
        if (refused.size() >= MOST) {
            refused.clear();
        }
        refused.put(customer, now);
    }

    boolean refusedJustNow(String customer, Instant now) {
        return Optional.ofNullable(refused.get(customer))
                .filter(at -> now.isBefore(at.plus(JUST_NOW)))
                .isPresent();
    }

    Optional<Counters> of(String customer, Instant now) {
        return Optional.ofNullable(byCustomer.get(customer))
                .filter(kept -> now.isBefore(kept.readAt().plus(KEPT)))
                .map(Kept::counters);
    }
}
