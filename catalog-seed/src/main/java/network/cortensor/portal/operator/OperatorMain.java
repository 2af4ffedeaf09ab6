package network.cortensor.portal.operator;

import java.time.InstantSource;
import java.util.Map;
import network.cortensor.portal.operator.console.SystemTerminal;
import network.cortensor.portal.operator.frame.Workplace;

/** Runs one command of {@code portalctl} on this machine. The launcher says which of its ends are terminals, in {@code portalctl.terminal}. */
public final class OperatorMain {
    private OperatorMain() {}

    public static void main(String[] args) {
        SystemTerminal.Ends ends = SystemTerminal.Ends.of(System.getProperty("portalctl.terminal", ""));
        Map<String, String> variables = System.getenv();
        Workplace workplace = new Workplace(
                variables,
                System.getProperty("user.name", "unknown"),
                InstantSource.system(),
                new SystemTerminal(System.in, ends, variables.getOrDefault("TERM", "")));
        System.exit(Portalctl.commandLine(workplace).execute(args));
    }
}
