package network.cortensor.portal.operator.edit;

import java.util.List;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.operator.frame.Edit;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes changes on condition that their items are as they were read, each field of each: what somebody else has edited meanwhile, by hand or by this
 * tool, is never written over.
 *
 * <p>Up to 100 changes are one transaction: all of them happen or none, so that two operators who apply at once cannot mix. More are written as
 * several, in order. A write that breaks off leaves whole transactions behind; whoever compares again and writes what still differs ends where
 * the first attempt would have.
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
    public Written write(List<Change> changes, Edit edit) {
        WriteItems items = new WriteItems(tables, edit);
        for (int from = 0; from < changes.size(); from += atOnce) {
            List<Change> part = changes.subList(from, Math.min(changes.size(), from + atOnce));
            List<Written.Conflict> conflicts =
                    transact(part, part.stream().map(items::of).toList());
            if (!conflicts.isEmpty()) {
                return new Written.Conflicted(from, conflicts);
            }
        }
        return new Written.All(changes.size());
    }

    private List<Written.Conflict> transact(List<Change> changes, List<TransactWriteItem> items) {
        return transaction.write(items).stream()
                .map(refusal -> new Written.Conflict(changes.get(refusal.index()), refusal.found()))
                .toList();
    }
}
