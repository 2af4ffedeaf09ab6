package network.cortensor.portal.operator.console;

import java.time.Duration;

/** Shows something again and again in the same place of a terminal; one after the other where there is none. */
public final class LiveView {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J\u001b[3J";

    private final Terminal terminal;
    private final Duration every;

    public LiveView(Terminal terminal, Duration every) {
        this.terminal = terminal;
        this.every = every;
    }

    /**
     * Shows it, and waits.
     *
     * @return whether there is a next time
     * @throws InterruptedException if somebody wants an end
     */
    public boolean show(Report report, Console console) throws InterruptedException {
        if (terminal.columns().isPresent() && console.form() == Console.Form.TEXT) {
            terminal.out().print(HOME_AND_CLEAR);
        }
        console.report(report);
        Thread.sleep(every);
        return !terminal.out().checkError();
    }
}
