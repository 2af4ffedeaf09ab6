package network.cortensor.portal.operator.frame;

import java.time.Instant;

/**
 * When, by whom and why items are written, as they keep it in {@code updatedAt}, {@code updatedBy} and {@code reason}.
 *
 * @param by a person or a program
 */
public record Edit(Instant at, String by, String reason) {}
