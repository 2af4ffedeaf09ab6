package network.cortensor.portal.dynamo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of tables as plain values: texts, {@link BigDecimal}s, booleans, lists and maps. Other types become what no rule expects. */
public final class Items {
    private Items() {}

    /** Attributes that are null are left out: in the console they are the way to empty a field. */
    public static Map<String, Object> plain(Map<String, AttributeValue> item) {
        Map<String, Object> plain = new HashMap<>();
        item.forEach((name, value) -> plain(value).ifPresent(read -> plain.put(name, read)));
        return plain;
    }

    private static Optional<Object> plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> Optional.of(value.s());
            case N -> Optional.of(new BigDecimal(value.n()));
            case BOOL -> Optional.of(value.bool());
            case SS -> Optional.of(List.copyOf(value.ss()));
            case NS -> Optional.of(value.ns().stream().map(BigDecimal::new).toList());
            case L ->
                Optional.of(value.l().stream()
                        .map(element -> plain(element).orElse(AttributeValue.Type.NUL))
                        .toList());
            case M -> Optional.of(plain(value.m()));
            case B, BS, UNKNOWN_TO_SDK_VERSION -> Optional.of(value.type());
            case NUL -> Optional.empty();
        };
    }

    /** The reverse, for writing. A value that is an {@link AttributeValue} already stays what it is. */
    public static Map<String, AttributeValue> attributes(Map<String, Object> plain) {
        Map<String, AttributeValue> item = new HashMap<>();
        plain.forEach((name, value) -> item.put(name, attribute(value)));
        return item;
    }

    private static AttributeValue attribute(Object value) {
        return switch (value) {
            case AttributeValue exact -> exact;
            case String text -> AttributeValue.fromS(text);
            case BigDecimal number -> AttributeValue.fromN(number.toPlainString());
            case Boolean flag -> AttributeValue.fromBool(flag);
            case List<?> list ->
                AttributeValue.fromL(
                        new ArrayList<>(list.stream().map(Items::attribute).toList()));
            case Map<?, ?> map -> {
                Map<String, AttributeValue> nested = new HashMap<>();
                map.forEach((name, inner) -> nested.put(String.valueOf(name), attribute(inner)));
                yield AttributeValue.fromM(nested);
            }
            default -> throw new IllegalArgumentException("a value of a type that items do not hold");
        };
    }
}
