package network.cortensor.portal.usage;

import java.time.Duration;

/**
 * A request is refused for a limit.
 *
 * @param most what the plan allows
 * @param retryAfter until there is likely room again
 */
public record OverLimit(Limit limit, long most, Duration retryAfter) {}
