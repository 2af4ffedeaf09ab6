package network.cortensor.portal.operator.frame;

import java.util.List;

/** A command cannot go on. Its lines tell an operator why, and what was expected; they hold no secret. */
public final class CommandStopped extends Exception {
    private final ExitCode exitCode;
    private final List<String> lines;

    public CommandStopped(ExitCode exitCode, List<String> lines) {
        super(String.join(System.lineSeparator(), lines));
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    public CommandStopped(ExitCode exitCode, String line) {
        this(exitCode, List.of(line));
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public List<String> lines() {
        return lines;
    }
}
