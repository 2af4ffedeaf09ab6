package network.cortensor.portal.operator.console;

/** Shows something again and again in the same place of a terminal; one after the other where there is none. */
public final class LiveView {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J\u001b[3J";

    private final Terminal terminal;
    private final Wait wait;

    /** Until the next time. */
    @FunctionalInterface
    public interface Wait {
        void pass() throws InterruptedException;
    }

    public LiveView(Terminal terminal, Wait wait) {
        this.terminal = terminal;
        this.wait = wait;
    }

    /**
     * Shows it, and waits.
     *
     * @return whether there is a next time
     * @throws InterruptedException if the operator ends it
     */
    public boolean show(Report report, Console console) throws InterruptedException {
        if (terminal.columns().isPresent() && console.form() == Console.Form.TEXT) {
            terminal.out().print(HOME_AND_CLEAR);
        }
        console.report(report);
        wait.pass();
        return !terminal.out().checkError();
    }
}
