package network.cortensor.portal.history;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** The function with Lambda's own reading of events around it. It uses nothing of its context. */
@NullUnmarked
record HistoryFunction(CatalogHistory handler) {
    private static final Path EVENTS = Path.of(System.getProperty("portal.root", "../.."), "events");

    static String text(String file) throws IOException {
        return Files.readString(EVENTS.resolve(file));
    }

    /** Runs an event file; the answer is what failed. */
    List<String> handle(String file) throws IOException {
        return handleText(text(file));
    }

    List<String> handleText(String json) {
        PojoSerializer<DynamodbEvent> events = LambdaEventSerializers.serializerFor(
                DynamodbEvent.class, Thread.currentThread().getContextClassLoader());
        DynamodbEvent event = events.fromJson(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        StreamsEventResponse response = handler.handleRequest(event, null);
        return response.getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }
}
