package network.cortensor.portal.dynamo;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.item.ItemValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of tables as rules read them, and back: the one place where a value becomes the SDK's. */
public final class Items {
    private Items() {}

    /** Attributes that are null are left out: in the console they are the way to empty a field. A set is a list. */
    public static Map<String, ItemValue> plain(Map<String, AttributeValue> item) {
        Map<String, ItemValue> plain = new HashMap<>();
        item.forEach((name, value) -> plain(value).ifPresent(read -> plain.put(name, read)));
        return plain;
    }

    private static Optional<ItemValue> plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> Optional.of(ItemValue.of(value.s()));
            case N -> Optional.of(ItemValue.of(new BigDecimal(value.n())));
            case BOOL -> Optional.of(ItemValue.of(value.bool()));
            case SS -> Optional.of(ItemValue.of(value.ss()));
            case NS ->
                Optional.of(new ItemValue.Listed(value.ns().stream()
                        .map(number -> ItemValue.of(new BigDecimal(number)))
                        .toList()));
            case L ->
                Optional.of(new ItemValue.Listed(value.l().stream()
                        .map(element -> plain(element).orElseGet(() -> new ItemValue.Foreign(element)))
                        .toList()));
            case M -> Optional.of(new ItemValue.Mapped(plain(value.m())));
            case B, BS, UNKNOWN_TO_SDK_VERSION -> Optional.of(new ItemValue.Foreign(value));
            case NUL -> Optional.empty();
        };
    }

    /** An item's key, as every call of DynamoDB that speaks of one item wants it. */
    public static Map<String, AttributeValue> key(CatalogKey key) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        key.attributes().forEach((name, value) -> attributes.put(name, AttributeValue.fromS(value)));
        return attributes;
    }

    /** The reverse of {@link #plain}, for writing. */
    public static Map<String, AttributeValue> attributes(Map<String, ItemValue> plain) {
        Map<String, AttributeValue> item = new HashMap<>();
        plain.forEach((name, value) -> item.put(name, attribute(value)));
        return item;
    }

    private static AttributeValue attribute(ItemValue value) {
        return switch (value) {
            case ItemValue.Text(String text) -> AttributeValue.fromS(text);
            case ItemValue.Decimal(BigDecimal number) -> AttributeValue.fromN(number.toPlainString());
            case ItemValue.Flag(boolean flag) -> AttributeValue.fromBool(flag);
            case ItemValue.Listed(List<ItemValue> values) ->
                AttributeValue.fromL(values.stream().map(Items::attribute).toList());
            case ItemValue.Mapped(Map<String, ItemValue> fields) -> AttributeValue.fromM(attributes(fields));
            case ItemValue.Foreign(AttributeValue exact) -> exact;
            case ItemValue.Foreign ignored ->
                throw new IllegalArgumentException("a value of a type that items do not hold");
        };
    }
}
