package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.StringJoiner;

/** JSON as Rust's serde_json writes it, which is what openai-harmony puts into prompts. */
final class RustJson {
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private RustJson() {}

    static String write(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                StringJoiner members = new StringJoiner(",", "{", "}");
                value.properties().forEach(each -> members.add(quoted(each.getKey()) + ":" + write(each.getValue())));
                yield members.toString();
            }
            case ARRAY -> {
                StringJoiner elements = new StringJoiner(",", "[", "]");
                value.forEach(each -> elements.add(write(each)));
                yield elements.toString();
            }
            case STRING -> quoted(value.asText());
            case NUMBER -> number(value);
            default -> value.asText("null");
        };
    }

    private static String quoted(String text) {
        return '"' + JsonStrings.escaped(text) + '"';
    }

    /** Whole numbers beyond 64 bits are read as fractions. */
    private static String number(JsonNode value) {
        if (value.isIntegralNumber()) {
            BigInteger whole = value.bigIntegerValue();
            if (whole.compareTo(LEAST) >= 0 && whole.compareTo(MOST) <= 0) {
                return whole.toString();
            }
        }
        ShortestDecimal number = ShortestDecimal.of(value.doubleValue());
        return number.exponent() >= -5 && number.exponent() < 16
                ? number.plain()
                : number.mantissa() + "e" + number.exponent();
    }
}
