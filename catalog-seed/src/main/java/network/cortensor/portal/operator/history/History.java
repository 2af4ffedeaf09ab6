package network.cortensor.portal.operator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.HistoryUnavailable;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portalctl history}. */
@Command(
        name = "history",
        description = {
            "Shows what was done to an item, by whatever tool or hand, the last change first.",
            "A change is recorded some seconds after it was made. An edit by hand says nothing of who made it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl history gpt-oss-20b -e prod",
            "  portalctl history oss-20b/a-101 -e prod --limit 5 --json"
        })
public final class History implements Callable<Integer> {
    @Mixin
    private final CommonOptions common;

    @Parameters(
            paramLabel = "ITEM",
            description = "A model, a pool, or POOL/TARGET, or Models/NAME, Pools/NAME, Targets/POOL/NAME.")
    private String item = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many changes (${DEFAULT-VALUE}).")
    private int limit = 20;

    public History(Workplace workplace) {
        this.common = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        if (limit < 1) {
            throw new CommandStopped(ExitCode.USAGE, "--limit: " + limit + " (expected: >= 1)");
        }
        try (Access access = common.open()) {
            DynamoHistory history =
                    new DynamoHistory(access.dynamo(), access.tables().catalogHistory());
            CatalogKey found = HistoryArgument.find(item, history);
            List<String> spoiled = new ArrayList<>();
            List<HistoryEntry> entries =
                    history.latest(found, limit, entry -> spoiled.add(String.valueOf(entry.getMessage())));
            common.console().report(new HistoryReport(found, entries));
            spoiled.forEach(entry -> common.console().note(new Span("error: ", Style.BAD), Span.plain(entry)));
            return (spoiled.isEmpty() ? ExitCode.DONE : ExitCode.FOUND).number();
        } catch (HistoryUnavailable e) {
            throw HistoryArgument.unreadable(e);
        }
    }
}
