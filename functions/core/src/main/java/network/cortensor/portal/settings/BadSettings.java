package network.cortensor.portal.settings;

/** The environment is not what the function needs. The message names variables and expectations, never values. */
public final class BadSettings extends RuntimeException {
    public BadSettings(String message) {
        super(message);
    }
}
