package network.cortensor.portal.keys;

import java.time.Instant;
import java.util.Optional;

/**
 * A key as the table knows it.
 *
 * @param plan the name of the plan that holds for it
 * @param expiry when it stops being good; never, if absent
 */
public record IssuedKey(
        String keyId, String customer, String plan, Status status, AllowedModels models, Optional<Instant> expiry) {

    /** What operators say about it. */
    public enum Status {
        ACTIVE,
        /** For good: a customer who is to have a key again gets a new one. */
        REVOKED
    }

    /** Whether it opens anything at {@code now}. */
    public boolean goodAt(Instant now) {
        return status == Status.ACTIVE && expiry.map(now::isBefore).orElse(true);
    }

    public Customer customer(Plan terms) {
        return new Customer(keyId, customer, terms, models);
    }
}
