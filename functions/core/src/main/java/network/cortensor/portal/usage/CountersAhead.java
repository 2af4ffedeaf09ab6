package network.cortensor.portal.usage;

import java.time.Instant;

/**
 * Counters that were read before anybody knew whose request it is. They are as good as any others of that customer: a request enters on condition that they
 * still hold.
 *
 * @param readAt when the read began
 */
public record CountersAhead(Counters counters, Instant readAt) {}
