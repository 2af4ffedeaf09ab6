package network.cortensor.portal.operator.edit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import network.cortensor.portal.item.ItemValue;

/** A field's value for people, much as a catalog file has it. */
public final class ValueText {
    /** What was broken by hand may be 400 KB long. */
    private static final int LONGEST = 400;

    private static final String NOTHING = "–";

    private ValueText() {}

    public static String of(Optional<ItemValue> value) {
        return value.map(ValueText::of).orElse(NOTHING);
    }

    public static String of(ItemValue value) {
        String text = whole(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }

    private static String whole(ItemValue value) {
        return switch (value) {
            case ItemValue.Text(String text) -> text.isEmpty() ? "\"\"" : text;
            case ItemValue.Decimal(BigDecimal number) -> plain(number);
            case ItemValue.Flag(boolean flag) -> Boolean.toString(flag);
            case ItemValue.Listed(List<ItemValue> values) ->
                values.stream().map(ValueText::whole).collect(Collectors.joining(", ", "[", "]"));
            case ItemValue.Mapped(Map<String, ItemValue> fields) ->
                new TreeMap<>(fields)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + ": " + whole(entry.getValue()))
                                .collect(Collectors.joining(", ", "{", "}"));
            case ItemValue.Foreign(Object stored) -> String.valueOf(stored);
        };
    }

    /** A table's number may have an exponent of 125. */
    private static String plain(BigDecimal number) {
        return Math.abs(number.scale()) > 20 ? number.toString() : number.toPlainString();
    }
}
