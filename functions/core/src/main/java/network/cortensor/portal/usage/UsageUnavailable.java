package network.cortensor.portal.usage;

/** The table of usage did not answer, or holds what cannot be read: it is unknown whether the call was carried out. */
public class UsageUnavailable extends Exception {
    public UsageUnavailable(Throwable cause) {
        super("usage cannot be read or written", cause);
    }

    public UsageUnavailable(String why) {
        super(why);
    }
}
