package network.cortensor.portal.slots;

import java.time.Instant;
import network.cortensor.portal.model.Session;

/**
 * One taken slot, as it stands in the table.
 *
 * @param number which of the session's slots
 * @param owner 128 random bits in hex, one per attempt
 * @param takenAt by the taker's clock, before it wrote
 * @param expiresAt by the taker's clock, in whole seconds, never moved
 */
public record Lease(Session session, int number, String owner, Instant takenAt, Instant expiresAt) {}
