package network.cortensor.portal.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A found value as a complaint shows it: short, on one line, and with what is not printable escaped. */
final class Shown {
    private static final int LONGEST = 40;

    private Shown() {}

    static String of(Object value) {
        return switch (value) {
            case String text -> '"' + escaped(text) + '"';
            case BigDecimal number -> abbreviated(number.toString());
            case Boolean flag -> flag.toString();
            case List<?> list -> "a list of " + list.size();
            case Map<?, ?> map -> "a map of " + map.size();
            default -> "a value of another type";
        };
    }

    private static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        abbreviated(text).codePoints().forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                shown.append(String.format("\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private static String abbreviated(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
