package network.cortensor.portal.history;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.EditVerdict;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.HistoryUnavailable;

/**
 * Records batches of changes. Each change stands for itself: one that cannot be recorded holds up no other. To record a change again
 * changes nothing, so a batch may come any number of times. Safe for use by many threads.
 *
 * <p>The verdict looks at the other items as they are when the batch is recorded, mostly within a second of the change; while they cannot be
 * read, at the item alone: a change without a complete verdict is worth more than none.
 *
 * @param catalog reads every item, once per batch
 */
public record Recorder(TableNames tables, WholeItems catalog, DynamoHistory history, ChangeLog log) {

    /** Reads every item of the catalog. */
    @FunctionalInterface
    public interface WholeItems {
        /** @throws CatalogUnavailable if they cannot be read */
        WholeCatalog.Items read() throws CatalogUnavailable;
    }

    /** The sequence numbers of those that could not be recorded, in the order of the batch. */
    List<String> record(List<DynamodbStreamRecord> batch) {
        Optional<WholeCatalog.Items> others = others();
        List<String> failed = new ArrayList<>();
        for (DynamodbStreamRecord each : batch) {
            Optional<String> failure = record(each, others);
            if (failure.isPresent()) {
                failed.add(sequence(each));
                log.unrecorded(sequence(each), failure.get());
            }
        }
        return failed;
    }

    private Optional<WholeCatalog.Items> others() {
        try {
            return Optional.of(catalog.read());
        } catch (CatalogUnavailable e) {
            return Optional.empty();
        }
    }

    /** Why the change could not be recorded, if it could not. */
    private Optional<String> record(DynamodbStreamRecord each, Optional<WholeCatalog.Items> others) {
        try {
            StreamChange change = StreamChange.of(each, tables);
            EditVerdict verdict = others.map(items -> EditVerdict.among(items, change.plain()))
                    .orElseGet(() -> EditVerdict.alone(change.plain()));
            HistoryEntry entry = change.judged(verdict);
            if (history.record(entry)) {
                log.recorded(entry);
            }
            return Optional.empty();
        } catch (HistoryUnavailable e) {
            return Optional.of("history cannot be written");
        } catch (IllegalArgumentException e) {
            return Optional.of("not a record of the catalog's tables");
        }
    }

    /** Without one, Lambda takes an empty identifier for the whole batch, which is right for what has none. */
    private static String sequence(DynamodbStreamRecord each) {
        return Optional.ofNullable(each.getDynamodb())
                .map(StreamRecord::getSequenceNumber)
                .orElse("");
    }
}
