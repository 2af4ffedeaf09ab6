package network.cortensor.portal.history;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;

/**
 * What Lambda calls with a batch of changes from a table's stream. The answer names the changes that could not be recorded: Lambda brings
 * the batch again from the first of them on, and those behind it that were recorded are known by then.
 */
public final class CatalogHistory implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
    private final Recorder recorder;

    /** @throws network.cortensor.portal.settings.BadSettings naming the variables that are missing or bad */
    public CatalogHistory() {
        this(HistoryMain.recorder());
    }

    /** With parts of the caller's choice, as the local product has them. */
    public CatalogHistory(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        return StreamsEventResponse.builder()
                .withBatchItemFailures(recorder.record(event.getRecords()).stream()
                        .map(BatchItemFailure::new)
                        .toList())
                .build();
    }
}
