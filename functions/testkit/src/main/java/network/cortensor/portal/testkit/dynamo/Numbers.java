package network.cortensor.portal.testkit.dynamo;

import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB promises a number's value and not how it is written: {@code -1E-10} may come back as {@code -0.0000000001}. */
public final class Numbers {
    private Numbers() {}

    /** The same item with each number written in one way. */
    public static Map<String, AttributeValue> plain(Map<String, AttributeValue> item) {
        return item.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> plain(entry.getValue())));
    }

    private static AttributeValue plain(AttributeValue value) {
        return switch (value.type()) {
            case N -> AttributeValue.fromN(plain(value.n()));
            case NS ->
                AttributeValue.fromNs(
                        value.ns().stream().map(Numbers::plain).sorted().toList());
            case M -> AttributeValue.fromM(plain(value.m()));
            case L ->
                AttributeValue.fromL(value.l().stream().map(Numbers::plain).toList());
            case S, B, BOOL, NUL, SS, BS, UNKNOWN_TO_SDK_VERSION -> value;
        };
    }

    private static String plain(String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }
}
