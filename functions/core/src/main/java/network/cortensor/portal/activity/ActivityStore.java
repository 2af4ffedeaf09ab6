package network.cortensor.portal.activity;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * Where sums are kept. Implementations are safe for use by many threads and never throw.
 *
 * <p>The API calls {@link #add} on the request's own thread after the customer has the answer, at most once in five minutes for each alias, and {@link #read} when the page or
 * the list of models is made. Each call blocks for its trips to the table, each at most 3 s.
 */
public interface ActivityStore {
    /** Keeps nothing and knows nothing. */
    ActivityStore NONE = new ActivityStore() {
        @Override
        public boolean add(String alias, Instant hour, ActivitySums sums) {
            return true;
        }

        @Override
        public Map<Instant, ActivitySums> read(String alias, LocalDate first, LocalDate last) {
            return Map.of();
        }
    };

    /**
     * Adds to an hour's sums.
     *
     * @param hour its beginning
     * @return whether it is known to be added; if not, it may have been
     */
    boolean add(String alias, Instant hour, ActivitySums sums);

    /**
     * An alias's sums by the beginnings of their hours; what cannot be read is not there.
     *
     * @param first the first day in UTC
     * @param last the last one
     */
    Map<Instant, ActivitySums> read(String alias, LocalDate first, LocalDate last);
}
