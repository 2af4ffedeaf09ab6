package network.cortensor.portal.health;

/** The store of evidence did not answer. Nothing but the freshness of health depends on it: requests go on. */
public final class HealthUnavailable extends Exception {
    public HealthUnavailable(Throwable cause) {
        super("health cannot be read or written", cause);
    }
}
