package network.cortensor.portal.operator.edit;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A field's value for people, much as a catalog file has it, and for programs. */
public final class ValueText {
    /** What was broken by hand may be 400 KB long. */
    private static final int LONGEST = 400;

    private static final String NOTHING = "–";

    private ValueText() {}

    public static String of(Optional<Object> value) {
        return value.map(ValueText::of).orElse(NOTHING);
    }

    public static String of(Object value) {
        String text = whole(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }

    private static String whole(Object value) {
        return switch (value) {
            case String text -> text.isEmpty() ? "\"\"" : text;
            case BigDecimal number -> plain(number);
            case List<?> list -> list.stream().map(ValueText::whole).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .sorted((one, other) -> String.valueOf(one.getKey()).compareTo(String.valueOf(other.getKey())))
                        .map(entry -> entry.getKey() + ": " + whole(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> String.valueOf(value);
        };
    }

    /** A table's number may have an exponent of 125. */
    private static String plain(BigDecimal number) {
        return Math.abs(number.scale()) > 20 ? number.toString() : number.toPlainString();
    }

    static Object json(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(ValueText::json).toList();
            case Map<?, ?> map -> {
                Map<String, Object> json = new LinkedHashMap<>();
                map.forEach((key, inner) -> json.put(String.valueOf(key), json(inner)));
                yield json;
            }
            case String text -> text;
            case BigDecimal number -> number;
            case Boolean flag -> flag;
            default -> String.valueOf(value);
        };
    }
}
