package network.cortensor.portal.operator.console;

/** Shows something again and again in the same place of a terminal; one after the other where there is none, or one that obeys nothing. */
public final class LiveView {
    /** What scrolled out of sight before stays there: it is the operator's. */
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

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
        if (console.redraws() && console.form() == Console.Form.TEXT) {
            terminal.out().print(HOME_AND_CLEAR);
        }
        console.report(report);
        return pass();
    }

    /**
     * Leaves what is shown, says below it why there is nothing newer, and waits.
     *
     * @return whether there is a next time
     * @throws InterruptedException if the operator ends it
     */
    public boolean miss(String why, Console console) throws InterruptedException {
        console.note(why + "; trying again");
        return pass();
    }

    private boolean pass() throws InterruptedException {
        wait.pass();
        return !terminal.out().checkError();
    }
}
