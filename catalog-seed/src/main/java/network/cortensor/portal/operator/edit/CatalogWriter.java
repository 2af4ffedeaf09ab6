package network.cortensor.portal.operator.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.operator.frame.Edit;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Writes changes on condition that their items are as they were read, each field of each: what somebody else has edited meanwhile, by hand or by this
 * tool, is never written over.
 *
 * <p>Up to 100 changes are one transaction: all of them happen or none, so that two operators who apply at once cannot mix. More are written as
 * several, in order. A write that breaks off leaves whole transactions behind; whoever compares again and writes what still differs ends where
 * the first attempt would have.
 */
public final class CatalogWriter {
    /** The most that DynamoDB takes as one. */
    public static final int MOST_AT_ONCE = 100;

    /** Another transaction holds one of the items: its end is near. */
    private static final String HELD = "TransactionConflict";

    private static final String NOT_AS_READ = "ConditionalCheckFailed";
    private static final int TRIES = 6;
    private static final long FIRST_PAUSE_MILLIS = 50;

    private final DynamoDbClient client;
    private final TableNames tables;
    private final int atOnce;

    public CatalogWriter(DynamoDbClient client, TableNames tables) {
        this(client, tables, MOST_AT_ONCE);
    }

    /** @param atOnce how many changes happen as one, at most {@link #MOST_AT_ONCE} */
    public CatalogWriter(DynamoDbClient client, TableNames tables, int atOnce) {
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new IllegalArgumentException("atOnce: " + atOnce + " (expected: 1 to " + MOST_AT_ONCE + ")");
        }
        this.client = client;
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
        for (int attempt = 1; true; attempt++) {
            try {
                // The token makes a repetition by the client, whose first answer was lost, the same transaction.
                client.transactWriteItems(write -> write.transactItems(items)
                        .clientRequestToken(UUID.randomUUID().toString()));
                return List.of();
            } catch (TransactionCanceledException e) {
                List<Written.Conflict> conflicts = conflicts(changes, e.cancellationReasons());
                if (!conflicts.isEmpty()) {
                    return conflicts;
                }
                if (attempt == TRIES || !held(e)) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private static List<Written.Conflict> conflicts(List<Change> changes, List<CancellationReason> reasons) {
        List<Written.Conflict> conflicts = new ArrayList<>();
        IntStream.range(0, Math.min(changes.size(), reasons.size()))
                .filter(index -> NOT_AS_READ.equals(reasons.get(index).code()))
                .forEach(index -> conflicts.add(new Written.Conflict(changes.get(index), found(reasons.get(index)))));
        return conflicts;
    }

    private static Optional<Map<String, AttributeValue>> found(CancellationReason reason) {
        return reason.hasItem() && !reason.item().isEmpty() ? Optional.of(reason.item()) : Optional.empty();
    }

    private static boolean held(TransactionCanceledException exception) {
        return exception.cancellationReasons().stream().anyMatch(reason -> HELD.equals(reason.code()));
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(FIRST_PAUSE_MILLIS << attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
