package network.cortensor.portal.memory;

/** What is remembered here could not be read anew: its store did not answer in time, or not with what was asked. */
public final class Unreadable extends Exception {
    public Unreadable(Throwable cause) {
        super("the store cannot be read", cause);
    }
}
