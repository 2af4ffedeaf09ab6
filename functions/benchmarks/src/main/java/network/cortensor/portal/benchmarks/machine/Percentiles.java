package network.cortensor.portal.benchmarks.machine;

import java.time.Duration;
import java.util.List;

/** Durations in their order. */
public record Percentiles(List<Duration> sorted) {
    public Percentiles {
        sorted = sorted.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("durations: none (expected: one or more)");
        }
    }

    /** @param share from 0 to 1; the smallest value that at least this share does not exceed */
    public Duration at(double share) {
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.clamp(rank - 1L, 0, sorted.size() - 1));
    }
}
