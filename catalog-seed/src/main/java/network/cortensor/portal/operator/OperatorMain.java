package network.cortensor.portal.operator;

import java.time.InstantSource;
import network.cortensor.portal.operator.console.SystemTerminal;
import network.cortensor.portal.operator.frame.Workplace;

/** Runs one command of {@code portalctl} on this machine. The launcher says which of its ends are terminals, in {@code portalctl.terminal}. */
public final class OperatorMain {
    private OperatorMain() {}

    public static void main(String[] args) {
        SystemTerminal.Ends ends = SystemTerminal.Ends.of(System.getProperty("portalctl.terminal", ""));
        Workplace workplace = new Workplace(
                System.getenv(),
                System.getProperty("user.name", "unknown"),
                InstantSource.system(),
                new SystemTerminal(System.in, ends));
        System.exit(Portalctl.commandLine(workplace).execute(args));
    }
}
