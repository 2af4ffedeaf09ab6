package network.cortensor.portal.operator.edit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Several conditional writes that happen together or not at all, and what a cancelled transaction means: a condition that failed is somebody
 * else's edit and is returned; another transaction that holds an item ends soon, so the write is tried again; every other reason
 * (throttling, an item that is too large) is DynamoDB's own and is thrown as it came.
 */
public final class Transaction {
    /** The most that DynamoDB takes as one. */
    public static final int MOST_AT_ONCE = 100;

    private static final String HELD = "TransactionConflict";
    private static final String NOT_AS_READ = "ConditionalCheckFailed";
    private static final int TRIES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private final DynamoDbClient client;
    private final Consumer<Duration> pause;

    public Transaction(DynamoDbClient client) {
        this(client, Transaction::sleep);
    }

    /** @param pause lets time pass between two tries: 50 ms after the first, then twice as long each time */
    Transaction(DynamoDbClient client, Consumer<Duration> pause) {
        this.client = client;
        this.pause = pause;
    }

    /**
     * A write whose condition failed.
     *
     * @param index its place among the writes, from 0
     * @param found the item as it is now; empty if there is none, or the write did not ask for it
     */
    public record Refusal(int index, Optional<Map<String, AttributeValue>> found) {}

    /**
     * Writes all of it, or nothing.
     *
     * @param writes 1 to {@link #MOST_AT_ONCE}
     * @return the writes whose conditions failed; nothing was written if there is one, and everything if there is none
     * @throws software.amazon.awssdk.core.exception.SdkException if DynamoDB refuses for another reason (nothing was written), or does not
     *     answer (the transaction may have happened)
     */
    public List<Refusal> write(List<TransactWriteItem> writes) {
        Duration wait = FIRST_PAUSE;
        for (int attempt = 1; true; attempt++) {
            try {
                // The token makes a repetition by the client, whose first answer was lost, the same transaction.
                client.transactWriteItems(write -> write.transactItems(writes)
                        .clientRequestToken(UUID.randomUUID().toString()));
                return List.of();
            } catch (TransactionCanceledException e) {
                List<Refusal> refusals = refusals(e.cancellationReasons());
                if (!refusals.isEmpty()) {
                    return refusals;
                }
                if (attempt == TRIES || !held(e)) {
                    throw e;
                }
                pause.accept(wait);
                wait = wait.multipliedBy(2);
            }
        }
    }

    private static List<Refusal> refusals(List<CancellationReason> reasons) {
        List<Refusal> refusals = new ArrayList<>();
        for (int index = 0; index < reasons.size(); index++) {
            CancellationReason reason = reasons.get(index);
            if (NOT_AS_READ.equals(reason.code())) {
                refusals.add(new Refusal(
                        index,
                        reason.hasItem() && !reason.item().isEmpty() ? Optional.of(reason.item()) : Optional.empty()));
            }
        }
        return refusals;
    }

    private static boolean held(TransactionCanceledException exception) {
        return exception.cancellationReasons().stream().anyMatch(reason -> HELD.equals(reason.code()));
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
