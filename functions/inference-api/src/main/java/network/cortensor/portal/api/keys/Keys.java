package network.cortensor.portal.api.keys;

import network.cortensor.portal.keys.KeyVerdict;

/** The customers' keys. Implementations are safe for use by many threads and never throw. */
@FunctionalInterface
public interface Keys {
    KeyVerdict check(PresentedKey key);
}
