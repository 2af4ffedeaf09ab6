package network.cortensor.portal.activity;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers sums in this process and writes them at most once in {@link #BETWEEN_WRITES} for each alias: at once after a pause, then what came since. So a busy
 * worker adds one write to dozens of requests, and a rare request is not lost. A worker that dies takes up to {@link #BETWEEN_WRITES} of sums with it;
 * shares stay true, because requests and answers go together. Safe for use by many threads.
 */
public final class Tallies {
    public static final Duration BETWEEN_WRITES = Duration.ofMinutes(5);

    private final ActivityStore store;
    private final Map<String, Tally> tallies = new HashMap<>();

    private static final class Tally {
        private Instant written = Instant.MIN;
        private Map<Instant, ActivitySums> hours = new HashMap<>();
    }

    private record Due(Instant hour, ActivitySums sums) {}

    public Tallies(ActivityStore store) {
        this.store = store;
    }

    /** Counts a request that has ended; may write. */
    public void count(String alias, ActivitySums request, Instant now) {
        for (Due due : due(alias, request, now)) {
            store.add(alias, due.hour(), due.sums());
        }
    }

    private synchronized List<Due> due(String alias, ActivitySums request, Instant now) {
        Tally tally = tallies.computeIfAbsent(alias, absent -> new Tally());
        tally.hours.merge(now.truncatedTo(ChronoUnit.HOURS), request, ActivitySums::plus);
        if (tally.written.isAfter(now.minus(BETWEEN_WRITES))) {
            return List.of();
        }
        List<Due> due = new ArrayList<>();
        tally.hours.forEach((hour, sums) -> due.add(new Due(hour, sums)));
        tally.hours = new HashMap<>();
        tally.written = now;
        return due;
    }
}
