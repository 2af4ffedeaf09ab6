package network.cortensor.portal.operator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.HistoryUnavailable;
import network.cortensor.portal.dynamo.history.Sequence;
import network.cortensor.portal.operator.edit.Change;
import network.cortensor.portal.operator.edit.Editing;
import network.cortensor.portal.operator.edit.FieldChange;
import network.cortensor.portal.operator.edit.StoredCatalog;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.EditOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code portalctl rollback}. */
@Command(
        name = "rollback",
        description = {
            "Undoes a change: makes an item what it was before it, whatever was done to it since.",
            "Shows what that changes, asks, and writes it as a new edit, which history records too."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl rollback oss-20b/a-101 41 -e prod --reason typo"})
public final class Rollback implements Callable<Integer> {
    @Mixin
    private final CommonOptions common;

    @Mixin
    private final EditOptions edit;

    @Parameters(index = "0", paramLabel = "ITEM", description = "The item, as for history.")
    private String item = "";

    @Parameters(index = "1", paramLabel = "SEQUENCE", description = "The change to undo, as history numbers it.")
    private String sequence = "";

    public Rollback(Workplace workplace) {
        this.common = new CommonOptions(workplace);
        this.edit = new EditOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        try (Access access = common.open()) {
            DynamoHistory history =
                    new DynamoHistory(access.dynamo(), access.tables().catalogHistory());
            CatalogKey found = HistoryArgument.find(item, history);
            HistoryEntry entry = entry(found, history);
            StoredCatalog stored = StoredCatalog.read(access.dynamo(), access.tables());
            List<Change> changes = undoing(entry, found, stored);
            if (!edit.force()) {
                refuseBad(found, stored, stored.after(changes));
            }
            new Editing(access, common.console(), edit)
                    .carryOut(stored, changes, "rollback of " + entry.id().sequence(), Editing.Asking.WHAT_IS_SHOWN);
        } catch (HistoryUnavailable e) {
            throw HistoryArgument.unreadable(e);
        }
        return ExitCode.DONE.number();
    }

    private HistoryEntry entry(CatalogKey found, DynamoHistory history) throws CommandStopped, HistoryUnavailable {
        Optional<Sequence> number = Sequence.parse(sequence);
        Optional<HistoryEntry> entry =
                number.isPresent() ? history.find(new HistoryEntry.Id(found, number.get())) : Optional.empty();
        return entry.orElseThrow(() -> new CommandStopped(
                ExitCode.USAGE,
                sequence + ": no change of " + found + " (expected: a number that portalctl history " + item
                        + " shows)"));
    }

    private static List<Change> undoing(HistoryEntry entry, CatalogKey key, StoredCatalog stored) {
        Optional<Map<String, AttributeValue>> wanted = entry.images().before();
        Optional<Map<String, AttributeValue>> seen = stored.item(key);
        if (wanted.isEmpty()) {
            return seen.<Change>map(item -> new Change.Delete(key, item)).stream()
                    .toList();
        }
        if (seen.isEmpty()) {
            return List.of(new Change.Create(key, Difference.fields(key.table(), wanted.get())));
        }
        List<FieldChange> fields = Difference.between(key.table(), seen.get(), wanted.get());
        return fields.isEmpty() ? List.of() : List.of(new Change.Update(key, seen.get(), fields));
    }

    /** What was bad then is bad now, and what it refers to may be gone. */
    private static void refuseBad(CatalogKey key, StoredCatalog before, StoredCatalog after) throws CommandStopped {
        List<Problem> known = before.understood().problems();
        List<String> lines = new ArrayList<>(after.understood().problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .filter(problem -> problem.item().equals(key.toString()) || !known.contains(problem))
                .map(Problem::toString)
                .toList());
        if (!lines.isEmpty()) {
            lines.add("that state is bad, so nothing was written (expected: --force, if it is meant)");
            throw new CommandStopped(ExitCode.REFUSED, lines);
        }
    }
}
