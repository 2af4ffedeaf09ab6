package network.cortensor.portal.operator.edit;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.operator.frame.Edit;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes changes on condition that their items are as they were read, each field of each: what somebody else has edited meanwhile, by hand or by this
 * tool, is never written over.
 *
 * <p>Up to 100 changes are one transaction: all of them happen or none, so that two operators who apply at once cannot mix. More are written as
 * several, in order. A write that breaks off leaves whole transactions behind; an operator who compares again, and writes what still differs, ends where
 * the first attempt would have ended.
 */
public final class CatalogWriter {
    private final Transaction transaction;
    private final TableNames tables;
    private final int atOnce;

    public CatalogWriter(DynamoDbClient client, TableNames tables) {
        this(client, tables, Transaction.MOST_AT_ONCE);
    }

    /** @param atOnce how many changes happen as one, at most {@link Transaction#MOST_AT_ONCE} */
    public CatalogWriter(DynamoDbClient client, TableNames tables, int atOnce) {
        if (atOnce < 1 || atOnce > Transaction.MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "atOnce: " + atOnce + " (expected: 1 to " + Transaction.MOST_AT_ONCE + ")");
        }
        this.transaction = new Transaction(client);
        this.tables = tables;
        this.atOnce = atOnce;
    }

    /**
     * Writes them, in this order; returns at the first transaction that is refused.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if DynamoDB does not answer; the transaction at hand may have happened
     */
    public WriteOutcome write(List<Change> changes, Edit edit) {
        return write(changes, List.of(), edit, written -> {});
    }

    /**
     * The same on condition of the guards, which are part of every transaction.
     *
     * @param guards fewer than {@link Transaction#MOST_AT_ONCE}; none of an item that changes
     * @param progress is told after each transaction how many changes are written
     */
    WriteOutcome write(List<Change> changes, List<Guard> guards, Edit edit, LongConsumer progress) {
        WriteItems items = new WriteItems(tables, edit);
        int room = Math.min(atOnce, Transaction.MOST_AT_ONCE - guards.size());
        for (int from = 0; from < changes.size(); from += room) {
            List<Change> part = changes.subList(from, Math.min(changes.size(), from + room));
            List<TransactWriteItem> writes = Stream.concat(
                            part.stream().map(items::of), guards.stream().map(items::of))
                    .toList();
            List<Transaction.Refusal> refusals = transaction.write(writes);
            if (!refusals.isEmpty()) {
                return refused(from, part, refusals);
            }
            progress.accept(from + part.size());
        }
        return new WriteOutcome.All(changes.size());
    }

    private static WriteOutcome refused(int written, List<Change> part, List<Transaction.Refusal> refusals) {
        List<WriteOutcome.Conflict> conflicts = refusals.stream()
                .filter(refusal -> refusal.index() < part.size())
                .map(refusal -> new WriteOutcome.Conflict(part.get(refusal.index()), refusal.found()))
                .toList();
        return conflicts.isEmpty()
                ? new WriteOutcome.Overtaken(written)
                : new WriteOutcome.Conflicted(written, conflicts);
    }
}
