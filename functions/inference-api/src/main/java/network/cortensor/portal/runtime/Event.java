package network.cortensor.portal.runtime;

/** The JSON text that an invocation brings, as it came. */
public final class Event {
    private static final byte[] TAKEN = new byte[0];

    private final int length;
    private volatile byte[] bytes;

    /** @param bytes UTF-8; taken over, not copied, because events are as large as 6 MB */
    public Event(byte[] bytes) {
        this.bytes = bytes;
        this.length = bytes.length;
    }

    /** The text in UTF-8; not a copy, and not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * The same, once: the event forgets its text, which otherwise stays in memory until the invocation's end. With many long answers at once
     * that would add up.
     */
    public byte[] take() {
        byte[] taken = bytes;
        bytes = TAKEN;
        return taken;
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "Event[" + length + " bytes]";
    }
}
