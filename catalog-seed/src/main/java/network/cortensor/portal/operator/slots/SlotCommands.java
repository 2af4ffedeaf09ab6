package network.cortensor.portal.operator.slots;

import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code portalctl slots}: its commands, put in their places. */
public final class SlotCommands {
    private SlotCommands() {}

    @Command(
            name = "slots",
            description = "Takes away slots that no request will give back.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class Slots {}

    public static CommandLine slots(Workplace workplace) {
        return new CommandLine(new Slots()).addSubcommand(new DeleteSlot(workplace));
    }
}
