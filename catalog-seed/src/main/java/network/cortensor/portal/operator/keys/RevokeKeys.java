package network.cortensor.portal.operator.keys;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.JsonObject;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.EditOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code portalctl keys revoke}. */
@Command(
        name = "revoke",
        description =
                "Takes keys back for good. Requests with them are refused within 5 s. Requests that run end as they"
                        + " would.",
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl keys revoke key-0123456789abcdef -e prod --reason \"leaked\""})
final class RevokeKeys implements Callable<Integer> {
    private static final String REVOKED = "revoked";
    private static final String REVOKED_BEFORE = "revokedBefore";

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final EditOptions edits;

    @Parameters(paramLabel = "KEY", arity = "1..*", description = "Their ids.")
    private List<String> keyIds = List.of();

    RevokeKeys(Workplace workplace) {
        this.options = new CommonOptions(workplace);
        this.edits = new EditOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        try (Access access = options.open()) {
            options.console().expect(Set.of(REVOKED, REVOKED_BEFORE));
            Edit edit = edits.edit("keys revoke");
            edits.confirm(access.environment(), options.console());
            List<String> revoked = KeyCommands.register(access).revoke(keyIds, edit);
            options.console().report(new Revoked(keyIds, revoked));
            return ExitCode.DONE.number();
        }
    }

    private record Revoked(List<String> asked, List<String> revoked) implements Report {
        @Override
        public void print(Console console) {
            asked.stream()
                    .distinct()
                    .forEach(keyId ->
                            console.line(keyId + (revoked.contains(keyId) ? " revoked" : " was revoked before")));
        }

        @Override
        public Object json() {
            return JsonObject.of(REVOKED, revoked)
                    .and(
                            REVOKED_BEFORE,
                            asked.stream()
                                    .distinct()
                                    .filter(keyId -> !revoked.contains(keyId))
                                    .toList());
        }
    }
}
