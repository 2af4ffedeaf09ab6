package network.cortensor.portal.runtime;

/** The JSON text that an invocation brings, as it came. */
public final class Event {
    private final byte[] bytes;

    /** @param bytes UTF-8; taken over, not copied, because events are as large as 6 MB */
    public Event(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The text in UTF-8; not a copy, and not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "Event[" + bytes.length + " bytes]";
    }
}
