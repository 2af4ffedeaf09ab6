package network.cortensor.portal.api.keys;

/** The customers' keys cannot be read. */
public final class KeysUnavailable extends Exception {
    public KeysUnavailable(Throwable cause) {
        super("keys cannot be read", cause);
    }
}
