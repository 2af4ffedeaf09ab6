package network.cortensor.portal.benchmarks.failover;

import java.time.Instant;

/**
 * A request as the provider met it.
 *
 * @param ofCaller whether a caller's request led to it, and not the product's own look at its health
 * @param answered whether it was answered as it should be
 * @param prefillRefused whether it was refused because it ended with a part of an answer
 */
record SeenAttempt(String model, Instant at, boolean ofCaller, boolean answered, boolean prefillRefused) {}
