package network.cortensor.portal.model;

/** A managed serving group for one model family. */
public record Pool(String name, State state, PoolTimes times, int maxAttempts, Streaming streaming) {
    /** Attempts per request when a pool does not say: the number that {@link PoolTimes#DEFAULTS} leave room for. */
    public static final int DEFAULT_MAX_ATTEMPTS = 3;

    public Pool {
        Names.require("pool", name);
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts: " + maxAttempts + " (expected: >= 1)");
        }
    }
}
