package network.cortensor.portal.slots;

import java.time.Duration;

/**
 * What a simulated world may do to the protocol.
 *
 * @param clocksApart how far any two clocks, the table's among them, may be apart
 * @param ttl whether the table deletes expired rows by itself
 */
record Conditions(Duration clocksApart, Ttl ttl) {
    /** What the requirements ask for. */
    static final Conditions REQUIRED = new Conditions(Duration.ofSeconds(20), Ttl.DELETES);

    enum Ttl {
        DELETES,
        KEEPS
    }
}
