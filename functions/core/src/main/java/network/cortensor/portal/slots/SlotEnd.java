package network.cortensor.portal.slots;

import java.util.Locale;

/** What became of a slot that was taken. */
public enum SlotEnd {
    /** Others may take it at once. */
    RELEASED,
    /** It stays taken until it expires, because the router may still work on the task. */
    KEPT,
    /** It was released, but the table did not answer. If the table did not delete it, it stays taken until it expires. */
    UNCERTAIN;

    /** As log lines have it: {@code released}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
