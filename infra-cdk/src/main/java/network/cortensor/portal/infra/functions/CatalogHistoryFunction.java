package network.cortensor.portal.infra.functions;

import static network.cortensor.portal.infra.data.TableAction.PUT;
import static network.cortensor.portal.infra.data.TableAction.SCAN;

import java.util.List;
import network.cortensor.portal.infra.data.PortalTable;
import network.cortensor.portal.infra.data.Tables;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.StartingPosition;
import software.amazon.awscdk.services.lambda.eventsources.DynamoEventSource;
import software.amazon.awscdk.services.lambda.eventsources.SqsDlq;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Records every change of the catalog's tables, from their streams. A change that cannot be recorded is tried again for itself alone, and
 * at last leaves a note in a queue, so that it never holds up the others.
 *
 * <p>Without SnapStart: nobody waits for it, and a snapshot that was not used for 14 days makes the first calls fail, which a catalog
 * without edits could reach.
 */
public final class CatalogHistoryFunction extends Construct {
    private static final Duration TIMEOUT = Duration.minutes(1);

    private static final int MEBIBYTES = 1_024;

    /** In the order in which their event sources came to be. */
    private static final List<PortalTable> SOURCES =
            List.of(PortalTable.MODELS, PortalTable.POOLS, PortalTable.TARGETS);

    private final Function function;
    private final Queue undelivered;

    public CatalogHistoryFunction(Construct scope, String id, Means means) {
        super(scope, id);
        this.function = FunctionBase.builder(this, FunctionPackage.CATALOG_HISTORY, means)
                .description("Portal " + means.environment().name() + ": records every change of the catalog")
                .timeout(TIMEOUT)
                .memorySize(MEBIBYTES)
                .build();
        this.undelivered = Queue.Builder.create(this, "Undelivered")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        giveTables(means.tables());
        SOURCES.forEach(table -> function.addEventSource(source(means.tables().table(table))));
    }

    private void giveTables(Tables tables) {
        tables.give(function, PortalTable.MODELS, SCAN);
        tables.give(function, PortalTable.POOLS, SCAN);
        tables.give(function, PortalTable.TARGETS, SCAN);
        tables.give(function, PortalTable.CATALOG_HISTORY, PUT);
    }

    private DynamoEventSource source(TableV2 table) {
        return DynamoEventSource.Builder.create(table)
                .startingPosition(StartingPosition.TRIM_HORIZON)
                .batchSize(100)
                .bisectBatchOnError(true)
                .reportBatchItemFailures(true)
                .retryAttempts(10)
                .onFailure(new SqsDlq(undelivered))
                .build();
    }

    public Function function() {
        return function;
    }

    public Queue undelivered() {
        return undelivered;
    }
}
