package network.cortensor.portal.usage;

import java.time.Duration;
import java.util.Optional;

/**
 * A request is refused because of a limit.
 *
 * @param most what the plan allows
 * @param retryAfter until there is likely room again
 * @param inTheWay requests in flight, if room comes back when they end; empty if only time gives it back
 */
public record OverLimit(Limit limit, long most, Duration retryAfter, Optional<InTheWay> inTheWay) {

    /**
     * Requests that are in the way of another.
     *
     * @param count how many are in flight
     * @param longest how long the oldest of them has been running
     */
    public record InTheWay(int count, Duration longest) {}

    /** Whether all of the limit that is used up stays so until its window has moved on, whatever ends meanwhile. */
    boolean lasts() {
        return inTheWay.isEmpty();
    }
}
