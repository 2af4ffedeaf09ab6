package network.cortensor.portal.benchmarks.peers;

import java.time.Duration;
import java.util.Locale;

/**
 * One gateway under one load.
 *
 * @param direct the same customers without the gateway, right before
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
