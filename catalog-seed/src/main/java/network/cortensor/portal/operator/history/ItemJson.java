package network.cortensor.portal.operator.history;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item in DynamoDB's own JSON, for {@code --json}: what {@code aws dynamodb put-item --item} takes. */
final class ItemJson {
    private ItemJson() {}

    static Map<String, Object> of(Map<String, AttributeValue> item) {
        Map<String, Object> json = new LinkedHashMap<>();
        new TreeMap<>(item).forEach((name, value) -> json.put(name, value(value)));
        return json;
    }

    private static Map<String, Object> value(AttributeValue value) {
        return switch (value.type()) {
            case S -> Map.of("S", value.s());
            case N -> Map.of("N", value.n());
            case BOOL -> Map.of("BOOL", value.bool());
            case NUL -> Map.of("NULL", true);
            case B -> Map.of("B", base64(value.b()));
            case SS -> Map.of("SS", value.ss());
            case NS -> Map.of("NS", value.ns());
            case BS -> Map.of("BS", value.bs().stream().map(ItemJson::base64).toList());
            case L ->
                Map.of("L", List.copyOf(value.l().stream().map(ItemJson::value).toList()));
            case M -> Map.of("M", of(value.m()));
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("a value of a type that is unknown here");
        };
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }
}
