package network.cortensor.portal.operator.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.EditOptions;
import network.cortensor.portal.operator.frame.ExitCode;

/**
 * The one way in which commands edit the catalog: show what would change, refuse what would take a model away from customers, ask, write, and
 * tell what somebody else has changed meanwhile.
 */
public final class Editing {
    private final Access access;
    private final Console console;
    private final EditOptions options;

    /** Whether somebody has to agree to what was shown; production asks for its name in either case. */
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
        Written result = new CatalogWriter(access.dynamo(), access.tables()).write(changes, options.edit(command));
        switch (result) {
            case Written.All ignored -> tell(shown);
            case Written.Conflicted conflicted -> throw conflict(conflicted, changes.size());
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

    private static CommandStopped conflict(Written.Conflicted conflicted, int all) {
        List<String> lines = new ArrayList<>();
        conflicted.conflicts().forEach(conflict -> lines.addAll(conflict.lines()));
        lines.add("changed since it was read, so "
                + (conflicted.count() == 0 ? "nothing" : "only " + conflicted.count() + " of " + all)
                + " was written (expected: look again, and repeat the command)");
        return new CommandStopped(ExitCode.CONFLICT, lines);
    }
}
