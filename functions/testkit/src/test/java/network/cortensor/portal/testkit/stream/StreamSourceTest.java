package network.cortensor.portal.testkit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.ExampleTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The event source on a real stream, with a function that remembers its batches. */
class StreamSourceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DynamoLocal dynamo = DynamoLocal.startWith(ExampleTables::create);
    private final List<List<String>> batches = new ArrayList<>();
    private Optional<String> failing = Optional.empty();
    private StreamSource source = source();

    @BeforeEach
    void beginBeforeAnythingIsThere() {
        source = source();
        assertThat(source.poll()).isZero();
    }

    @AfterEach
    void stop() {
        dynamo.close();
    }

    @Test
    void changesComeOnceInTheirOrder() {
        put("a");
        put("b");
        poll();
        put("a");
        poll();
        poll();

        assertThat(batches).containsExactly(List.of("a", "b"), List.of("a"));
    }

    @Test
    void fromTheFirstFailureOnTheyComeAgain() {
        put("a");
        put("b");
        put("c");
        failing = Optional.of("b");
        poll();
        failing = Optional.empty();
        poll();

        assertThat(batches).containsExactly(List.of("a", "b", "c"), List.of("b", "c"));
    }

    /** A shard that was empty when it was found is found again. */
    private void poll() {
        if (source.poll() == 0) {
            source.poll();
        }
    }

    private StreamSource source() {
        String stream = dynamo.client()
                .describeTable(describe -> describe.tableName(ExampleTables.POOLS))
                .table()
                .latestStreamArn();
        return new StreamSource(dynamo.streams(), stream, this::handle);
    }

    private byte[] handle(byte[] event) {
        try {
            List<JsonNode> records = StreamSupport.stream(
                            JSON.readTree(event).path("Records").spliterator(), false)
                    .toList();
            batches.add(records.stream().map(StreamSourceTest::pool).toList());
            String failures = records.stream()
                    .filter(record -> failing.filter(pool(record)::equals).isPresent())
                    .map(record ->
                            "{\"itemIdentifier\":" + record.path("dynamodb").path("SequenceNumber") + "}")
                    .reduce("", String::concat);
            return ("{\"batchItemFailures\":[" + failures + "]}").getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pool(JsonNode record) {
        return record.path("dynamodb").path("Keys").path("pool").path("S").asText();
    }

    private void put(String pool) {
        dynamo.client()
                .putItem(put -> put.tableName(ExampleTables.POOLS)
                        .item(Map.of(
                                "pool",
                                AttributeValue.fromS(pool),
                                "change",
                                AttributeValue.fromN(Long.toString(System.nanoTime())))));
    }
}
