package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** JSON as Python's {@code json.dumps} writes it: nothing but ASCII. */
final class PythonAsciiJson {
    private PythonAsciiJson() {}

    static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            append(json, text.charAt(i));
        }
        return json.append('"').toString();
    }

    static String write(JsonNode value) {
        if (value.isTextual()) {
            return quote(value.asText());
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(field -> quote(field.getKey()) + ": " + write(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(PythonAsciiJson::write)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value.toString();
    }

    private static void append(StringBuilder json, char c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case '\b' -> json.append("\\b");
            case '\f' -> json.append("\\f");
            default -> {
                if (c < ' ' || c > '~') {
                    json.append(String.format("\\u%04x", (int) c));
                } else {
                    json.append(c);
                }
            }
        }
    }
}
