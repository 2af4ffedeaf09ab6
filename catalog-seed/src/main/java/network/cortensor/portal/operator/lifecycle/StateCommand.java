package network.cortensor.portal.operator.lifecycle;

import java.util.concurrent.Callable;
import network.cortensor.portal.model.State;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portalctl pause}, {@code degrade} and {@code resume}. */
public abstract sealed class StateCommand implements Callable<Integer> {
    @Mixin
    private final StateChange change;

    private final State state;
    private final String word;

    StateCommand(Workplace workplace, State state, String word) {
        this.change = new StateChange(workplace);
        this.state = state;
        this.word = word;
    }

    @Override
    public Integer call() throws CommandStopped {
        try (Access access = change.common().open()) {
            change.write(state, word, access);
        }
        return ExitCode.DONE.number();
    }

    /** No new requests, and those that wait are refused. */
    @Command(
            name = "pause",
            description = {
                "Stops new requests at once, and refuses those that wait; requests in flight run to their end.",
                "Use it for what is broken. For maintenance, use drain."
            },
            footerHeading = "%nExamples:%n",
            footer = "  portalctl pause oss-20b/a-101 oss-20b/a-102 -e prod --reason \"answers with nonsense\"")
    public static final class Pause extends StateCommand {
        public Pause(Workplace workplace) {
            super(workplace, State.PAUSED, "pause");
        }
    }

    /** New requests only where nothing live has a free slot. */
    @Command(
            name = "degrade",
            description = "Lets new requests in only where nothing live has a free slot.",
            footerHeading = "%nExamples:%n",
            footer = "  portalctl degrade pool/oss-20b -e prod")
    public static final class Degrade extends StateCommand {
        public Degrade(Workplace workplace) {
            super(workplace, State.DEGRADED, "degrade");
        }
    }

    /** As usual. */
    @Command(
            name = "resume",
            description = "Puts models, pools or targets back to live.",
            footerHeading = "%nExamples:%n",
            footer = "  portalctl resume oss-20b -e prod --reason \"maintenance is over\"")
    public static final class Resume extends StateCommand {
        public Resume(Workplace workplace) {
            super(workplace, State.LIVE, "resume");
        }
    }
}
