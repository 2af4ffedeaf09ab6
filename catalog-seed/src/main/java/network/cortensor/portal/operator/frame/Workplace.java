package network.cortensor.portal.operator.frame;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import network.cortensor.portal.operator.console.Terminal;

/**
 * Where an operator sits.
 *
 * @param variables of the shell
 * @param user who the operator is on this machine
 * @param pause how commands wait that wait
 */
public record Workplace(
        Map<String, String> variables, String user, InstantSource clock, Terminal terminal, Pause pause) {

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

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
