package network.cortensor.portal.memory;

/** What is remembered here could not be read anew: its store did not answer in time, or not with what was asked. */
public final class Unreadable extends Exception {
    private final boolean alone;

    public Unreadable(Throwable cause) {
        this(cause, false);
    }

    private Unreadable(Throwable cause, boolean alone) {
        super("the store cannot be read", cause);
        this.alone = alone;
    }

    /** The store has answered, and refuses this one thing: that says nothing about what else it holds. */
    public static Unreadable alone(Throwable cause) {
        return new Unreadable(cause, true);
    }

    boolean isAlone() {
        return alone;
    }
}
