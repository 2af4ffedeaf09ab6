package network.cortensor.portal.slots;

/** The table of slots is there and has more to do than it may: it will answer soon. */
public final class SlotsThrottled extends SlotsUnavailable {
    public SlotsThrottled(Throwable cause) {
        super(cause);
    }
}
