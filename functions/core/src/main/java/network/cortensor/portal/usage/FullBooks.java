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

    /** Beyond it everything is forgotten: a read more is cheap. */
    private static final int MOST = 1_000;

    private final ConcurrentHashMap<String, Kept> byCustomer = new ConcurrentHashMap<>();

    private record Kept(Counters counters, Instant readAt) {}

    void keep(Counters counters, Instant readAt) {
        if (byCustomer.size() >= MOST) {
            byCustomer.clear();
        }
        byCustomer.put(counters.customer(), new Kept(counters, readAt));
    }

    Optional<Counters> of(String customer, Instant now) {
        return Optional.ofNullable(byCustomer.get(customer))
                .filter(kept -> now.isBefore(kept.readAt().plus(KEPT)))
                .map(Kept::counters);
    }
}
