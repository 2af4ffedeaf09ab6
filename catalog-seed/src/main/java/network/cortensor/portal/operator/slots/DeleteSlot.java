package network.cortensor.portal.operator.slots;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.slots.SlotProblems;
import network.cortensor.portal.dynamo.slots.SlotRows;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.JsonObject;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.EditOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Unconfirmed;
import network.cortensor.portal.operator.frame.Workplace;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.Slots;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code portalctl slots delete}. */
@Command(
        name = "delete",
        description = {
            "Deletes the item of a slot, so that its session is free at once.",
            "Meant for items that status calls bad, because no worker gives these back. One that looks as a function wrote it is"
                    + " deleted with --force only, because a task may be in the session: two at once may answer with each"
                    + " other's text."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl slots delete router.example:5010 7#1 -e prod --reason \"expires in ten years\"",
            "  portalctl slots delete router.example:5010 7#2 -e dev --force"
        })
final class DeleteSlot implements Callable<Integer> {
    private static final String ROUTER = "router";
    private static final String SLOT = "slot";
    private static final String PROBLEM = "problem";

    private final Workplace workplace;

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final EditOptions edits;

    @Parameters(index = "0", paramLabel = "ROUTER", description = "Host and port, as status shows them.")
    private String router = "";

    @Parameters(index = "1", paramLabel = "SLOT", description = "The session's id, # and the slot's number.")
    private String slot = "";

    DeleteSlot(Workplace workplace) {
        this.workplace = workplace;
        this.options = new CommonOptions(workplace);
        this.edits = new EditOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        try (Access access = options.open()) {
            options.console().expect(Set.of(ROUTER, SLOT, PROBLEM));
            SlotRows rows = new SlotRows(access.dynamo(), access.tables().sessionSlots());
            SlotRows.Row row = rows.find(router, slot)
                    .orElseThrow(() -> new CommandStopped(
                            ExitCode.USAGE,
                            "slot " + router + " " + slot + ": does not exist (expected: as status shows it)"));
            Optional<Problem> problem = requireDeletable(row.lease());
            edits.confirm(access.environment(), options.console());
            if (!deleted(rows, row)) {
                throw new CommandStopped(
                        ExitCode.CONFLICT, "a request has taken this slot meanwhile, so nothing was deleted");
            }
            options.console().report(new Deleted(router, slot, problem));
            return ExitCode.DONE.number();
        }
    }

    private static boolean deleted(SlotRows rows, SlotRows.Row row) throws CommandStopped {
        try {
            return rows.delete(row);
        } catch (SdkException e) {
            throw Unconfirmed.of(e, 0, 1, "look at portalctl status, and repeat the command");
        }
    }

    private Optional<Problem> requireDeletable(Lease lease) throws CommandStopped {
        Instant now = workplace.clock().instant();
        Optional<Problem> problem = SlotProblems.of(lease, now);
        boolean expired = lease.expiresAt().plus(Slots.CLOCK_SKEW).isBefore(now);
        if (problem.isEmpty() && !expired && !edits.force()) {
            throw new CommandStopped(
                    ExitCode.REFUSED,
                    "a task may be in this session until " + lease.expiresAt()
                            + ", so nothing was deleted (expected: a slot that status calls bad, or --force if you"
                            + " know that there is none)");
        }
        return problem;
    }

    private record Deleted(String router, String slot, Optional<Problem> problem) implements Report {
        @Override
        public void print(Console console) {
            console.line("slot " + router + " " + slot + " deleted"
                    + problem.map(bad -> ": " + bad.field() + ": " + bad.complaint())
                            .orElse(""));
        }

        @Override
        public Object json() {
            return JsonObject.of(ROUTER, router)
                    .and(SLOT, slot)
                    .and(PROBLEM, problem.map(Problem::complaint).orElse(""));
        }
    }
}
