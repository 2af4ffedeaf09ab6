package network.cortensor.portal.slots;

/** The table of slots did not answer, so it is unknown whether the call was carried out. */
public class SlotsUnavailable extends Exception {
    public SlotsUnavailable(Throwable cause) {
        super("slots cannot be read or written", cause);
    }
}
