package network.cortensor.portal.operator;

import java.util.concurrent.Callable;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code portalctl completion}. */
@Command(
        name = "completion",
        description = "Writes a script that lets bash or zsh complete commands and options.",
        footerHeading = "%nExamples: in this shell, or in ~/.bashrc or ~/.zshrc for every one%n",
        footer = "  source <(portalctl completion)")
final class Completion implements Callable<Integer> {
    private final Workplace workplace;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Completion(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        workplace
                .terminal()
                .out()
                .print(AutoComplete.bash("portalctl", spec.root().commandLine()));
        workplace.terminal().out().flush();
        return ExitCode.DONE.number();
    }
}
