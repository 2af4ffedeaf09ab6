package network.cortensor.portal.api.keys;

import java.util.Optional;

/** The customers' keys. Implementations are safe for use by many threads. */
public interface Keys {
    /**
     * Whose key this is, or empty if it is nobody's.
     *
     * @throws KeysUnavailable if that cannot be found out
     */
    Optional<Caller> identify(PresentedKey key) throws KeysUnavailable;
}
