package network.cortensor.portal.dynamo.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items in DynamoDB's own JSON, as the AWS command line shows them: every type of value comes back as it was. */
final class ImageJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ImageJson() {}

    static byte[] bytes(Map<String, AttributeValue> item) throws IOException {
        return JSON.writeValueAsBytes(object(item));
    }

    /** @throws IOException if these are not bytes of {@link #bytes} */
    static Map<String, AttributeValue> item(byte[] json) throws IOException {
        return item(JSON.readTree(json));
    }

    private static ObjectNode object(Map<String, AttributeValue> item) {
        ObjectNode object = JSON.createObjectNode();
        item.forEach((name, value) -> object.set(name, node(value)));
        return object;
    }

    private static ObjectNode node(AttributeValue value) {
        ObjectNode node = JSON.createObjectNode();
        switch (value.type()) {
            case S -> node.put("S", value.s());
            case N -> node.put("N", value.n());
            case BOOL -> node.put("BOOL", value.bool());
            case NUL -> node.put("NULL", true);
            case B -> node.put("B", value.b().asByteArrayUnsafe());
            case SS -> value.ss().forEach(node.putArray("SS")::add);
            case NS -> value.ns().forEach(node.putArray("NS")::add);
            case BS -> {
                ArrayNode set = node.putArray("BS");
                value.bs().forEach(bytes -> set.add(bytes.asByteArrayUnsafe()));
            }
            case L -> {
                ArrayNode list = node.putArray("L");
                value.l().forEach(element -> list.add(node(element)));
            }
            case M -> node.set("M", object(value.m()));
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("a value of a type that is unknown here");
        }
        return node;
    }

    private static Map<String, AttributeValue> item(JsonNode object) throws IOException {
        Map<String, AttributeValue> item = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            item.put(each.getKey(), value(each.getValue()));
        }
        return item;
    }

    private static AttributeValue value(JsonNode node) throws IOException {
        Map.Entry<String, JsonNode> typed =
                node.properties().stream().findFirst().orElseThrow(() -> new IOException("a value without a type"));
        JsonNode value = typed.getValue();
        return switch (typed.getKey()) {
            case "S" -> AttributeValue.fromS(value.asText());
            case "N" -> AttributeValue.fromN(number(value));
            case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
            case "NULL" -> AttributeValue.fromNul(true);
            case "B" -> AttributeValue.fromB(binary(value));
            case "SS" ->
                AttributeValue.fromSs(value.valueStream().map(JsonNode::asText).toList());
            case "NS" -> AttributeValue.fromNs(numbers(value));
            case "BS" -> AttributeValue.fromBs(binaries(value));
            case "L" -> AttributeValue.fromL(values(value));
            case "M" -> AttributeValue.fromM(item(value));
            default -> throw new IOException("a value of a type that is unknown here");
        };
    }

    private static List<AttributeValue> values(JsonNode list) throws IOException {
        List<AttributeValue> values = new ArrayList<>();
        for (JsonNode element : list) {
            values.add(value(element));
        }
        return values;
    }

    private static List<String> numbers(JsonNode list) throws IOException {
        List<String> numbers = new ArrayList<>();
        for (JsonNode element : list) {
            numbers.add(number(element));
        }
        return numbers;
    }

    private static String number(JsonNode node) throws IOException {
        try {
            new BigDecimal(node.asText());
            return node.asText();
        } catch (NumberFormatException e) {
            throw new IOException("a number that is none", e);
        }
    }

    private static SdkBytes binary(JsonNode node) throws IOException {
        byte[] bytes = node.binaryValue();
        if (bytes == null) {
            throw new IOException("bytes that are none");
        }
        return SdkBytes.fromByteArrayUnsafe(bytes);
    }

    private static List<SdkBytes> binaries(JsonNode list) throws IOException {
        List<SdkBytes> binaries = new ArrayList<>();
        for (JsonNode element : list) {
            binaries.add(binary(element));
        }
        return binaries;
    }
}
