package network.cortensor.portal.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import network.cortensor.portal.item.ItemValue;

/** A found value as a complaint shows it: short, on one line, with what is not printable escaped, and without what may be a secret. */
final class Shown {
    private static final int LONGEST = 40;
    private static final Pattern KEY = Pattern.compile("(?i)ctk_\\w*");

    private Shown() {}

    static String of(ItemValue value) {
        return switch (value) {
            case ItemValue.Text(String text) -> '"' + escaped(withoutSecrets(text)) + '"';
            case ItemValue.Decimal(BigDecimal number) ->
                number.precision() <= LONGEST ? number.toString() : "a number of many digits";
            case ItemValue.Flag(boolean flag) -> Boolean.toString(flag);
            case ItemValue.Listed(List<ItemValue> list) -> "a list of " + list.size();
            case ItemValue.Mapped(Map<String, ItemValue> map) -> "a map of " + map.size();
            case ItemValue.Foreign ignored -> "a value of another type";
        };
    }

    /** Addresses may hold credentials: in front of an {@code @}, or behind a {@code ?}. A customer's key has no business in any field. */
    private static String withoutSecrets(String pasted) {
        String text = KEY.matcher(pasted).replaceAll("ctk_…");
        int slashes = text.indexOf("//");
        int query = text.indexOf('?', slashes + 1);
        String address = slashes < 0 || query < 0 ? text : text.substring(0, query + 1) + "…";
        int at = address.lastIndexOf('@');
        if (at < 0) {
            return address;
        }
        String scheme = slashes < 0 || slashes > at ? "" : address.substring(0, slashes + 2);
        return scheme + "…" + address.substring(at);
    }

    private static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(point -> {
            if (point == '"' || point == '\\') {
                shown.append('\\').appendCodePoint(point);
            } else if (printable(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format("\\u%04x", point));
            }
        });
        return text.codePointCount(0, text.length()) > LONGEST
                ? shown.append('…').toString()
                : shown.toString();
    }

    /** Not so: controls, what turns the direction of writing, half surrogate pairs, other line ends. */
    private static boolean printable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
