package network.cortensor.portal.operator.slots;

import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code portalctl slots}: its commands, put in their places. */
public final class SlotCommands {
    private SlotCommands() {}

    @Command(
            name = "slots",
            description = "Deletes slots that no request will give back.",
            footerHeading = "%nExamples:%n",
            footer = {"  portalctl slots delete router.example:5010 101#0 -e prod"},
            synopsisSubcommandLabel = "COMMAND")
    private static final class Slots {}

    public static CommandLine slots(Workplace workplace) {
        return new CommandLine(new Slots()).addSubcommand(new DeleteSlot(workplace));
    }
}
