package network.cortensor.portal.operator.frame;

import java.util.Optional;
import network.cortensor.portal.operator.console.Console;
import picocli.CommandLine.Option;

/** The options of every command that writes: who, why, and whether it was meant. */
public final class EditOptions {
    private final Workplace workplace;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why the edit is made. It is kept with the item and in its history.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--by", paramLabel = "NAME", description = "Who makes the edit. Without it, this machine's user.")
    private Optional<String> by = Optional.empty();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask first. Production asks for its name all the same.")
    private boolean yes;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "The environment's name, for scripts that write to production.")
    private Optional<String> confirmed = Optional.empty();

    @Option(names = "--force", description = "Write the edit even if it leaves a model without an open pool.")
    private boolean force;

    public EditOptions(Workplace workplace) {
        this.workplace = workplace;
    }

    /** Whether what is dangerous is meant. */
    public boolean force() {
        return force;
    }

    /** @param command what stands for a reason if none was given */
    public Edit edit(String command) {
        return new Edit(
                workplace.clock().instant(), by.orElse(workplace.user()), reason.orElse("portalctl " + command));
    }

    /**
     * Returns if it may be written. Production wants its name, typed or by {@code --confirm}; elsewhere it is enough that the command
     * was given.
     *
     * @throws CommandStopped otherwise
     */
    public void confirm(String environment, Console console) throws CommandStopped {
        if (environment.startsWith("prod")) {
            name(environment, console);
        }
    }

    /**
     * The same for changes that were shown and that the operator should have looked at.
     *
     * @param question such as {@code Apply 3 changes to dev?}
     * @throws CommandStopped if the answer is no, or there is none
     */
    public void confirmShown(String environment, Console console, String question) throws CommandStopped {
        if (environment.startsWith("prod")) {
            name(environment, console);
        } else if (!yes) {
            String answer =
                    console.ask(question + " [y/N]").orElseThrow(() -> refused("expected: --yes, or a terminal"));
            if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
                throw refused("expected: y");
            }
        }
    }

    private void name(String environment, Console console) throws CommandStopped {
        String name = confirmed.isPresent()
                ? confirmed.get()
                : console.ask("This is production. Type its name (" + environment + ") to go on:")
                        .orElseThrow(() -> refused("expected: --confirm " + environment + ", or a terminal"));
        if (!name.equals(environment)) {
            throw refused("expected: " + environment);
        }
    }

    private static CommandStopped refused(String expected) {
        return new CommandStopped(ExitCode.REFUSED, "not confirmed, so nothing was written (" + expected + ")");
    }
}
