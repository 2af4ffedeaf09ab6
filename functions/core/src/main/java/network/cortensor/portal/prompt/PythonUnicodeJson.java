package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;

/** JSON as Python's {@code json.dumps(value, ensure_ascii=False)} writes it, which is what models were trained to read in their templates. */
final class PythonUnicodeJson {
    private PythonUnicodeJson() {}

    static String write(JsonNode value) {
        StringBuilder json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    private static void write(JsonNode value, StringBuilder json) {
        switch (value.getNodeType()) {
            case OBJECT -> {
                json.append('{');
                for (Iterator<Map.Entry<String, JsonNode>> fields =
                                value.properties().iterator();
                        fields.hasNext(); ) {
                    Map.Entry<String, JsonNode> field = fields.next();
                    quote(field.getKey(), json);
                    json.append(": ");
                    write(field.getValue(), json);
                    json.append(fields.hasNext() ? ", " : "");
                }
                json.append('}');
            }
            case ARRAY -> {
                json.append('[');
                for (Iterator<JsonNode> elements = value.elements(); elements.hasNext(); ) {
                    write(elements.next(), json);
                    json.append(elements.hasNext() ? ", " : "");
                }
                json.append(']');
            }
            case STRING -> quote(value.asText(), json);
            case NUMBER -> json.append(number(value));
            default -> json.append(value.asText("null"));
        }
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            json.append(JsonStrings.escaped(text.charAt(i)));
        }
        json.append('"');
    }

    /** As {@code str(number)}: digits up to 16 places, then an exponent. */
    static String number(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.asText();
        }
        ShortestDecimal number = ShortestDecimal.of(value.doubleValue());
        int exponent = number.exponent();
        return exponent >= -4 && exponent < 16
                ? number.plain()
                : "%se%s%02d".formatted(number.mantissa(), exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
