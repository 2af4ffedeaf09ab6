package network.cortensor.portal.operator.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.EditOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portalctl plan set}. */
@Command(
        name = "set",
        description = {
            "Makes a plan, or changes some of its limits. Its keys have the new limits within 5 s.",
            "A new plan needs all four limits of a customer."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl plan set team -e prod --requests-per-minute 60 --requests-per-week unlimited"
                    + " --tokens-per-week 5000000 --requests-in-flight 4",
            "  portalctl plan set team -e prod --requests-in-flight 8"
        })
final class SetPlan implements Callable<Integer> {
    @Mixin
    private final CommonOptions options;

    @Mixin
    private final EditOptions edits;

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Parameters(paramLabel = "PLAN", description = "Its name.")
    private String name = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
    private Optional<String> description = Optional.empty();

    SetPlan(Workplace workplace) {
        this.options = new CommonOptions(workplace);
        this.edits = new EditOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        Map<String, ItemValue> fields = new LinkedHashMap<>(limits.fields());
        description.ifPresent(text -> fields.put(PlanItems.DESCRIPTION, ItemValue.of(text)));
        if (fields.isEmpty()) {
            throw new CommandStopped(ExitCode.USAGE, "nothing to set (expected: at least one limit, or --description)");
        }
        try (Access access = options.open()) {
            options.console().expect(PlanReport.KEYS);
            Edit edit = edits.edit("plan set");
            edits.confirm(access.environment(), options.console());
            Map<String, ItemValue> after = KeyCommands.plans(access).set(name, fields, edit);
            options.console().report(new PlanReport(new PlanRow(name, after)));
            return ExitCode.DONE.number();
        }
    }
}
