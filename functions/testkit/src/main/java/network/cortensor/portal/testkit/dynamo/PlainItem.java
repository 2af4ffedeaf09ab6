package network.cortensor.portal.testkit.dynamo;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items in one form of the many that DynamoDB may give back. It promises a number's value and not how it is written ({@code -1E-10} may come
 * back as {@code -0.0000000001}), and the members of a set and not their order.
 */
public final class PlainItem {
    private PlainItem() {}

    /** The same item with each number written, and each set ordered, in one way. */
    public static Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
        return item.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> plain(entry.getValue())));
    }

    private static AttributeValue plain(AttributeValue value) {
        return switch (value.type()) {
            case N -> AttributeValue.fromN(plain(value.n()));
            case NS ->
                AttributeValue.fromNs(
                        value.ns().stream().map(PlainItem::plain).sorted().toList());
            case SS -> AttributeValue.fromSs(value.ss().stream().sorted().toList());
            case BS ->
                AttributeValue.fromBs(value.bs().stream()
                        .sorted(Comparator.comparing(SdkBytes::asByteBuffer))
                        .toList());
            case M -> AttributeValue.fromM(of(value.m()));
            case L ->
                AttributeValue.fromL(value.l().stream().map(PlainItem::plain).toList());
            case S, B, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> value;
        };
    }

    private static String plain(String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }
}
