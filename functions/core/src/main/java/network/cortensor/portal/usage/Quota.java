package network.cortensor.portal.usage;

import java.time.Instant;

/**
 * How far one limit is used up.
 *
 * @param most what the plan allows
 * @param used what counts now; for tokens, what open requests have reserved is part of it
 * @param resetsAt when nothing of it will count any more, if nothing is added
 */
public record Quota(Limit limit, long most, long used, Instant resetsAt) {
    /** Never below 0: a plan may be lowered below what was used. */
    public long remaining() {
        return Math.max(0, most - used);
    }
}
