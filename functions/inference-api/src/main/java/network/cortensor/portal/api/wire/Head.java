package network.cortensor.portal.api.wire;

import java.time.Instant;
import java.time.InstantSource;

/**
 * What an answer says about itself.
 *
 * @param nonce random, the part of the answer's id after the format's own prefix
 * @param name of the model
 * @param clock tells when the answer was whole, for formats that say so
 */
public record Head(String nonce, ModelName name, Instant created, InstantSource clock) {

    /** The model's name as it is known now; what is said to keep a customer waiting may come before it is certain. */
    public String model() {
        return name.text();
    }
}
