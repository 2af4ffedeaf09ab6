package network.cortensor.portal.testkit.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** The JSON between Lambda and a function that takes a table's changes. */
final class StreamEventJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StreamEventJson() {}

    static byte[] event(String streamArn, List<Record> records) {
        ObjectNode event = JSON.createObjectNode();
        ArrayNode all = event.putArray("Records");
        records.forEach(each -> all.add(record(streamArn, each)));
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event is plain JSON", e);
        }
    }

    /** Sequence numbers of what failed; an empty one stands for all. */
    static Set<String> failures(byte[] response) {
        try {
            JsonNode failures = JSON.readTree(response).path("batchItemFailures");
            return StreamSupport.stream(failures.spliterator(), false)
                    .map(failure -> failure.path("itemIdentifier").asText())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new IllegalStateException("the function's answer is no JSON", e);
        }
    }

    private static ObjectNode record(String streamArn, Record record) {
        ObjectNode json = JSON.createObjectNode()
                .put("eventID", record.eventID())
                .put("eventName", record.eventNameAsString())
                .put("eventVersion", record.eventVersion())
                .put("eventSource", record.eventSource())
                .put("awsRegion", record.awsRegion());
        json.set("dynamodb", change(record.dynamodb()));
        if (record.userIdentity() != null) {
            json.putObject("userIdentity")
                    .put("principalId", record.userIdentity().principalId())
                    .put("type", record.userIdentity().type());
        }
        return json.put("eventSourceARN", streamArn);
    }

    private static ObjectNode change(StreamRecord change) {
        ObjectNode json = JSON.createObjectNode()
                .put(
                        "ApproximateCreationDateTime",
                        BigDecimal.valueOf(change.approximateCreationDateTime().getEpochSecond()));
        json.set("Keys", item(change.keys()));
        if (change.hasNewImage()) {
            json.set("NewImage", item(change.newImage()));
        }
        if (change.hasOldImage()) {
            json.set("OldImage", item(change.oldImage()));
        }
        return json.put("SequenceNumber", change.sequenceNumber())
                .put("SizeBytes", change.sizeBytes())
                .put("StreamViewType", change.streamViewTypeAsString());
    }

    private static ObjectNode item(Map<String, AttributeValue> item) {
        ObjectNode json = JSON.createObjectNode();
        item.forEach((name, value) -> json.set(name, value(value)));
        return json;
    }

    private static ObjectNode value(AttributeValue value) {
        ObjectNode json = JSON.createObjectNode();
        switch (value.type()) {
            case S -> json.put("S", value.s());
            case N -> json.put("N", value.n());
            case BOOL -> json.put("BOOL", value.bool());
            case NUL -> json.put("NULL", true);
            case B -> json.put("B", value.b().asByteArray());
            case SS -> value.ss().forEach(json.putArray("SS")::add);
            case NS -> value.ns().forEach(json.putArray("NS")::add);
            case BS -> {
                ArrayNode set = json.putArray("BS");
                value.bs().forEach(bytes -> set.add(bytes.asByteArray()));
            }
            case L -> {
                ArrayNode list = json.putArray("L");
                value.l().forEach(element -> list.add(value(element)));
            }
            case M -> json.set("M", item(value.m()));
            // DynamoDB Local's streams do not say of an empty map or list which of them it is.
            case UNKNOWN_TO_SDK_VERSION -> json.putObject("M");
        }
        return json;
    }
}
