package network.cortensor.portal.operator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryUnavailable;
import network.cortensor.portal.operator.edit.ItemArgument;
import network.cortensor.portal.operator.edit.ItemKey;
import network.cortensor.portal.operator.edit.Kind;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;

/**
 * An item that history knows; it may be gone from the catalog.
 *
 * @param key by which history knows it
 */
record RecordedItem(ItemKey item, CatalogKey key) {

    /**
     * Finds what an operator means: {@code oss-20b/a-101}, a model's or a pool's name, or the key as history has it,
     * {@code Targets/oss-20b/a-101}.
     *
     * @throws CommandStopped if history knows no such item, or two of them, or cannot be read
     */
    static RecordedItem find(String text, DynamoHistory history) throws CommandStopped {
        List<RecordedItem> found;
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

    private static List<RecordedItem> known(List<RecordedItem> candidates, DynamoHistory history)
            throws HistoryUnavailable {
        List<RecordedItem> known = new ArrayList<>();
        for (RecordedItem candidate : candidates) {
            if (history.knows(candidate.key())) {
                known.add(candidate);
            }
        }
        return known;
    }

    private static Stream<RecordedItem> candidates(String text) {
        return Stream.concat(
                        CatalogKey.parse(text).stream()
                                .map(key -> new RecordedItem(new ItemKey(kind(key), key.values()), key)),
                        ItemArgument.candidates(text)
                                .flatMap(item -> key(item).map(key -> new RecordedItem(item, key)).stream()))
                .distinct();
    }

    private static Kind kind(CatalogKey key) {
        return switch (key.table()) {
            case MODELS -> Kind.MODEL;
            case POOLS -> Kind.POOL;
            case TARGETS -> Kind.TARGET;
        };
    }

    /** Plans have no history: they stand in the table of keys. */
    private static Optional<CatalogKey> key(ItemKey item) {
        return switch (item.kind()) {
            case MODEL -> Optional.of(CatalogKey.model(item.values().getFirst()));
            case POOL -> Optional.of(CatalogKey.pool(item.values().getFirst()));
            case TARGET ->
                Optional.of(CatalogKey.target(
                        item.values().getFirst(), item.values().getLast()));
            case PLAN -> Optional.empty();
        };
    }
}
