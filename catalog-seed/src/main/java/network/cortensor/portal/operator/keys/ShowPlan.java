package network.cortensor.portal.operator.keys;

import java.util.concurrent.Callable;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code portalctl plan show}. */
@Command(
        name = "show",
        description = "Shows one plan.",
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl plan show free -e prod --json"})
final class ShowPlan implements Callable<Integer> {
    @Mixin
    private final CommonOptions options;

    @Parameters(paramLabel = "PLAN", description = "Its name.")
    private String name = "";

    ShowPlan(Workplace workplace) {
        this.options = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        try (Access access = options.open()) {
            PlanRow row = KeyCommands.plans(access)
                    .contents()
                    .plan(name)
                    .orElseThrow(() -> new CommandStopped(
                            ExitCode.USAGE,
                            "plan " + name + ": there is none (expected: one that 'portalctl plan list' shows)"));
            options.console().report(new PlanReport(row));
            return row.parsed().problems().isEmpty() ? ExitCode.DONE.number() : ExitCode.FOUND.number();
        }
    }
}
