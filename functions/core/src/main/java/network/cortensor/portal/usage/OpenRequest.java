package network.cortensor.portal.usage;

/**
 * A request that was let in and not settled yet.
 *
 * @param reserved tokens that it may use at most, prompt and answer
 */
public record OpenRequest(RequestId id, long reserved) {
    public OpenRequest {
        if (reserved < 0) {
            throw new IllegalArgumentException("reserved: " + reserved + " (expected: >= 0)");
        }
    }

    /** What a window's tokens change by when this request is settled: what it used takes the place of what it reserved. */
    public long settled(Totals used) {
        return SaturatingSums.plus(used.tokens(), -reserved);
    }
}
