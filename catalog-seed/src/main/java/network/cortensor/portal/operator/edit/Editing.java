package network.cortensor.portal.operator.edit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.ProgressLine;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.EditOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Unconfirmed;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one way in which commands edit the catalog: show what would change, refuse what would take a model away from customers, ask, write, and
 * tell what somebody else has changed meanwhile.
 */
public final class Editing {
    private static final int MOST_TRIES = 5;

    private final Access access;
    private final Console console;
    private final EditOptions options;

    /** Whether the operator has to agree to what was shown; production asks for its name in either case. */
    public enum Asking {
        WHAT_IS_SHOWN,
        PRODUCTION_ONLY
    }

    public Editing(Access access, Console console, EditOptions options) {
        this.access = access;
        this.console = console;
        this.options = options;
    }

    /**
     * Carries changes out.
     *
     * @param before the catalog that they were made from
     * @param command what stands for a reason if none was given
     * @throws CommandStopped if nothing, or not all, was written
     */
    public void carryOut(StoredCatalog before, List<Change> changes, String command, Asking asking)
            throws CommandStopped {
        console.expect(ChangeReport.KEYS);
        ChangeReport shown =
                ChangeReport.planned(before, changes, options.edit(command).at());
        if (changes.isEmpty()) {
            console.report(console.form() == Console.Form.TEXT ? shown : written(shown));
            return;
        }
        if (console.form() == Console.Form.TEXT) {
            console.report(shown);
        }
        if (!shown.dangers().isEmpty() && !options.force()) {
            throw dangerous(shown.dangers());
        }
        switch (asking) {
            case WHAT_IS_SHOWN ->
                options.confirmShown(
                        access.environment(), console, "Write " + shown.count() + " to " + access.environment() + "?");
            case PRODUCTION_ONLY -> options.confirm(access.environment(), console);
        }
        write(before, changes, options.edit(command));
        tell(shown);
        if (Guards.leaveOpen(changes)) {
            refuseWhatCameOfBoth(before, changes);
        }
    }

    /**
     * The tables are read again first, because the operator has thought about the answer for as long as people do. Each time that another writer is faster
     * after that, they are read once more, so few times in a row are enough.
     */
    private void write(StoredCatalog read, List<Change> changes, Edit edit) throws CommandStopped {
        CatalogWriter writer = new CatalogWriter(access.dynamo(), access.tables());
        StoredCatalog current = again(read, changes, edit);
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            List<Guard> guards = guards(current, changes, edit);
            switch (written(writer, changes, guards, edit)) {
                case WriteOutcome.All ignored -> {
                    return;
                }
                case WriteOutcome.Conflicted conflicted -> throw conflict(conflicted, changes.size());
                case WriteOutcome.Overtaken overtaken
                when overtaken.count() > 0 -> throw stopped(List.of(), overtaken.count(), changes.size());
                case WriteOutcome.Overtaken ignored -> current = again(read, changes, edit);
            }
        }
        throw stopped(List.of(), 0, changes.size());
    }

    private WriteOutcome written(CatalogWriter writer, List<Change> changes, List<Guard> guards, Edit edit)
            throws CommandStopped {
        AtomicLong written = new AtomicLong();
        try (ProgressLine progress = console.progress("writing", OptionalLong.of(changes.size()))) {
            return writer.write(changes, guards, edit, count -> {
                written.set(count);
                progress.reached(count);
            });
        } catch (SdkException e) {
            throw Unconfirmed.of(e, written.get(), changes.size(), "look again, and repeat the command");
        }
    }

    private List<Guard> guards(StoredCatalog current, List<Change> changes, Edit edit) throws CommandStopped {
        List<Guard> guards =
                options.force() ? Guards.ofReferences(current, changes) : Guards.of(current, changes, edit.at());
        if (guards.size() >= Transaction.MOST_AT_ONCE) {
            throw new CommandStopped(
                    ExitCode.REFUSED,
                    "touches too many models at once for them to be watched meanwhile, so nothing was written"
                            + " (expected: fewer changes, or --force)");
        }
        return guards;
    }

    /** The tables as they are now; the changes are as good on them as they were on those that were shown. */
    private StoredCatalog again(StoredCatalog shown, List<Change> changes, Edit edit) throws CommandStopped {
        StoredCatalog current = StoredCatalog.read(access.dynamo(), access.tables());
        List<String> lines = new ArrayList<>();
        if (!options.force()) {
            lines.addAll(Dangers.of(current, current.after(changes), edit.at()));
        }
        Set<Problem> known = new HashSet<>(current.understood().problems());
        known.addAll(shown.after(changes).understood().problems());
        lines.addAll(errors(current.after(changes), known));
        if (!lines.isEmpty()) {
            lines.add("somebody else has changed the catalog meanwhile, and this would come of both, so nothing was"
                    + " written (expected: look again, and repeat the command if it is meant)");
            throw new CommandStopped(ExitCode.REFUSED, lines);
        }
        return current;
    }

    private static List<String> errors(StoredCatalog catalog, Set<Problem> known) {
        return catalog.understood().problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR && !known.contains(problem))
                .map(Problem::toString)
                .toList();
    }

    /** What no condition of a write can forbid: see {@link Guards}. */
    private void refuseWhatCameOfBoth(StoredCatalog shown, List<Change> changes) throws CommandStopped {
        Set<Problem> known = new HashSet<>(shown.understood().problems());
        known.addAll(shown.after(changes).understood().problems());
        List<String> lines = new ArrayList<>(errors(StoredCatalog.read(access.dynamo(), access.tables()), known));
        if (!lines.isEmpty()) {
            lines.add("this is written, and this has come of it and of what somebody else wrote at the same moment"
                    + " (expected: look again, and change one of both)");
            throw new CommandStopped(ExitCode.FOUND, lines);
        }
    }

    private void tell(ChangeReport shown) {
        switch (console.form()) {
            case TEXT -> console.line(shown.count() + " written");
            case JSON -> console.report(written(shown));
        }
    }

    private static ChangeReport written(ChangeReport shown) {
        return new ChangeReport(
                shown.changes(), shown.dangers(), OptionalInt.of(shown.changes().size()));
    }

    /** People were shown the dangers already. */
    private CommandStopped dangerous(List<String> dangers) {
        List<String> lines = new ArrayList<>();
        switch (console.form()) {
            case TEXT -> {}
            case JSON -> lines.addAll(dangers);
        }
        lines.add("dangerous, so nothing was written (expected: --force, if it is meant)");
        return new CommandStopped(ExitCode.REFUSED, lines);
    }

    private static CommandStopped conflict(WriteOutcome.Conflicted conflicted, int all) {
        return stopped(
                conflicted.conflicts().stream()
                        .flatMap(conflict -> conflict.lines().stream())
                        .toList(),
                conflicted.count(),
                all);
    }

    private static CommandStopped stopped(List<String> why, int written, int all) {
        List<String> lines = new ArrayList<>(why);
        lines.add("changed since it was read, so " + (written == 0 ? "nothing" : "only " + written + " of " + all)
                + " was written (expected: look again, and repeat the command)");
        return new CommandStopped(ExitCode.CONFLICT, lines);
    }
}
