package network.cortensor.portal.local;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.history.CatalogHistory;
import network.cortensor.portal.history.HistoryMain;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.stream.StreamSource;
import network.cortensor.portal.testkit.stream.StreamSources;
import org.jspecify.annotations.NullUnmarked;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The function {@code catalog-history} on the streams of the catalog's tables, with the JSON and the reading of it that Lambda has. */
final class HistoryStream {
    /** AWS itself polls four times a second. */
    private static final Duration EVERY = Duration.ofMillis(250);

    private static final PojoSerializer<DynamodbEvent> EVENTS =
            LambdaEventSerializers.serializerFor(DynamodbEvent.class, HistoryStream.class.getClassLoader());
    private static final PojoSerializer<StreamsEventResponse> ANSWERS =
            LambdaEventSerializers.serializerFor(StreamsEventResponse.class, HistoryStream.class.getClassLoader());

    private HistoryStream() {}

    /** @param client by which the function reaches its tables */
    static AutoCloseable start(
            DynamoLocal dynamo, DynamoDbClient client, TableNames tables, Journal journal, InstantSource clock) {
        CatalogHistory function = new CatalogHistory(HistoryMain.connect(client, tables, journal, clock));
        List<StreamSource> sources = Stream.of(tables.models(), tables.pools(), tables.targets())
                .map(table -> new StreamSource(
                        dynamo.streams(), streamOf(dynamo.client(), table), event -> handled(function, event)))
                .toList();
        return StreamSources.start(sources, EVERY);
    }

    private static String streamOf(DynamoDbClient client, String table) {
        return client.describeTable(describe -> describe.tableName(table))
                .table()
                .latestStreamArn();
    }

    /** The function uses nothing of its context. */
    @NullUnmarked
    private static byte[] handled(CatalogHistory function, byte[] event) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ANSWERS.toJson(function.handleRequest(EVENTS.fromJson(new ByteArrayInputStream(event)), null), answer);
        return answer.toByteArray();
    }
}
