package network.cortensor.portal.operator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryUnavailable;
import network.cortensor.portal.operator.edit.ItemArgument;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;

/**
 * How operators name an item that history knows, whether or not the catalog still has it: {@code oss-20b/a-101}, a model's or a pool's name, or the key as
 * history has it, {@code Targets/oss-20b/a-101}.
 */
final class HistoryArgument {
    private HistoryArgument() {}

    /** @throws CommandStopped if history knows no such item, or two of them, or cannot be read */
    static CatalogKey find(String text, DynamoHistory history) throws CommandStopped {
        List<CatalogKey> found;
        try {
            found = known(candidates(text).toList(), history);
        } catch (HistoryUnavailable e) {
            throw unreadable(e);
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new CommandStopped(
                ExitCode.USAGE,
                found.isEmpty()
                        ? text + ": history knows no such item (expected: a model, a pool, or POOL/TARGET; a change is"
                                + " recorded some seconds after it was made)"
                        : text + ": is a model and a pool (expected: Models/" + text + " or Pools/" + text + ")");
    }

    static CommandStopped unreadable(HistoryUnavailable e) {
        return new CommandStopped(e.spoiled() ? ExitCode.FOUND : ExitCode.AWS, String.valueOf(e.getMessage()));
    }

    private static List<CatalogKey> known(List<CatalogKey> candidates, DynamoHistory history)
            throws HistoryUnavailable {
        List<CatalogKey> known = new ArrayList<>();
        for (CatalogKey candidate : candidates) {
            if (history.knows(candidate)) {
                known.add(candidate);
            }
        }
        return known;
    }

    private static Stream<CatalogKey> candidates(String text) {
        return Stream.concat(CatalogKey.parse(text).stream(), ItemArgument.candidates(text))
                .distinct();
    }
}
