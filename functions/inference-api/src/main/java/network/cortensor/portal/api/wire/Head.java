package network.cortensor.portal.api.wire;

import java.time.Instant;

/**
 * What an answer says about itself.
 *
 * @param nonce random, the part of the answer's id after the format's own prefix
 * @param model the alias
 */
public record Head(String nonce, String model, Instant created) {}
