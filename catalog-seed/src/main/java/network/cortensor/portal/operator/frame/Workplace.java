package network.cortensor.portal.operator.frame;

import java.time.InstantSource;
import java.util.Map;
import network.cortensor.portal.operator.console.Terminal;

/**
 * Where an operator sits.
 *
 * @param variables of the shell
 * @param user who the operator is on this machine
 */
public record Workplace(Map<String, String> variables, String user, InstantSource clock, Terminal terminal) {
    public Workplace {
        variables = Map.copyOf(variables);
    }

    /** A variable's value, or empty text. */
    public String variable(String name) {
        return variables.getOrDefault(name, "").strip();
    }
}
