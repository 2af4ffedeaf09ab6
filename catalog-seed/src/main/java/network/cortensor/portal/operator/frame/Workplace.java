package network.cortensor.portal.operator.frame;

import java.time.InstantSource;
import java.util.Map;
import network.cortensor.portal.operator.console.Terminal;
import network.cortensor.portal.time.Pause;

/**
 * Where an operator sits.
 *
 * @param variables of the shell
 * @param user who the operator is on this machine
 * @param pause how commands wait that wait
 */
public record Workplace(
        Map<String, String> variables, String user, InstantSource clock, Terminal terminal, Pause pause) {

    /** One where waiting takes its time. */
    public Workplace(Map<String, String> variables, String user, InstantSource clock, Terminal terminal) {
        this(variables, user, clock, terminal, Thread::sleep);
    }

    public Workplace {
        variables = Map.copyOf(variables);
    }

    /** A variable's value, or empty text. */
    public String variable(String name) {
        return variables.getOrDefault(name, "").strip();
    }
}
