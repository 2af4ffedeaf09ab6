package network.cortensor.portal.operator.keys;

import java.util.concurrent.Callable;
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

/** {@code portalctl keys rotate}. */
@Command(
        name = "rotate",
        description = {
            "Makes a key that may do the same, and lets the old one end a little later, so that its customer has time"
                    + " to change.",
            "A key that would have ended before that still does, and so does its successor.",
            "If somebody else has got the key, use --overlap 0s."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl keys rotate key-0123456789abcdef -e prod",
            "  portalctl keys rotate key-0123456789abcdef -e prod --overlap 0s --reason \"in wrong hands\""
        })
final class RotateKey implements Callable<Integer> {
    @Mixin
    private final CommonOptions options;

    @Mixin
    private final EditOptions edits;

    @Parameters(paramLabel = "KEY", description = "The id of the old one.")
    private String keyId = "";

    @Option(
            names = "--overlap",
            paramLabel = "SPAN",
            defaultValue = "7d",
            description = "How long the old key still works, such as 7d, 12h or 0s (default: ${DEFAULT-VALUE}).")
    private String overlap = "";

    RotateKey(Workplace workplace) {
        this.options = new CommonOptions(workplace);
        this.edits = new EditOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        try (Access access = options.open()) {
            options.console().expect(NewKeyReport.KEYS);
            Edit edit = edits.edit("keys rotate");
            edits.confirm(access.environment(), options.console());
            KeyRegister.Rotation rotation =
                    KeyCommands.register(access).rotate(keyId, When.span("--overlap", overlap), edit);
            options.console().report(NewKeyReport.of(rotation, keyId));
            return ExitCode.DONE.number();
        }
    }
}
