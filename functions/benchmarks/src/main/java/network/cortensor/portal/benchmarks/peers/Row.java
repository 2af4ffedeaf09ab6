package network.cortensor.portal.benchmarks.peers;

import java.time.Duration;
import java.util.Locale;

/**
 * One gateway under one load.
 *
 * @param direct the same customers without the gateway
 * @param through what they saw behind it
 * @param processorTime of the gateway meanwhile, all its processes together
 */
record Row(LoadTool.Seen direct, LoadTool.Seen through, Duration processorTime) {
    double addedP50() {
        return through.firstP50() - direct.firstP50();
    }

    double addedP99() {
        return through.firstP99() - direct.firstP99();
    }

    /** Whether the first token came sooner behind this gateway, usually and at worst. */
    boolean soonerThan(Row other) {
        return addedP50() < other.addedP50() && addedP99() < other.addedP99();
    }

    /** Whether this one is better in all that a cell tells. */
    boolean aheadOf(Row other) {
        return soonerThan(other)
                && through.perSecond() >= other.through.perSecond()
                && processorMillisPerRequest() < other.processorMillisPerRequest();
    }

    double processorMillisPerRequest() {
        return processorTime.toNanos() / 1e6 / Math.max(1, through.requests());
    }

    /** As {@code 0.4 / 2.1 (415/s, 1.1 ms)}, with failures where there were any. */
    String cell() {
        String cell = String.format(
                Locale.ROOT,
                "%.1f / %.1f (%.0f/s, %.1f ms)",
                addedP50(),
                addedP99(),
                through.perSecond(),
                processorMillisPerRequest());
        return through.failures() == 0 ? cell : cell + ", " + through.failures() + " failed";
    }
}
