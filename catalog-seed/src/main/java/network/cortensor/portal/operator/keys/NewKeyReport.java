package network.cortensor.portal.operator.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;

/**
 * The one time that a key is shown.
 *
 * @param terms what it may do, as the table has it
 * @param place whose place it takes, if it takes another's
 */
record NewKeyReport(NewKey made, Map<String, Object> terms, Map<String, Object> place) implements Report {
    private static final String KEY = "key";
    private static final String REPLACES = "replaces";
    private static final String OLD_ENDS = "oldEnds";

    /** Of {@code --json}. */
    static final Set<String> KEYS = Stream.concat(
                    Stream.of(KEY, KeyItems.KEY_ID, REPLACES, OLD_ENDS), KeyItems.INHERITED.stream())
            .collect(Collectors.toUnmodifiableSet());

    static NewKeyReport of(NewKey made, Map<String, ItemValue> terms) {
        return new NewKeyReport(made, inOrder(terms), Map.of());
    }

    /** Of a key that was made in place of {@code old}. */
    static NewKeyReport of(KeyRegister.Rotation rotation, String old) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put(REPLACES, old);
        place.put(OLD_ENDS, rotation.oldEnds().toString());
        return new NewKeyReport(rotation.made(), inOrder(rotation.terms()), place);
    }

    private static Map<String, Object> inOrder(Map<String, ItemValue> terms) {
        Map<String, Object> plain = ItemValue.plain(terms);
        Map<String, Object> ordered = new LinkedHashMap<>();
        KeyItems.FIELDS.stream()
                .filter(plain::containsKey)
                .forEach(field -> ordered.put(field, plain.getOrDefault(field, "")));
        return ordered;
    }

    @Override
    public void print(Console console) {
        console.line(Span.plain(named(KEY)), new Span(made.text().reveal(), Style.STRONG));
        console.line(named(KeyItems.KEY_ID) + made.keyId());
        terms.forEach((field, value) -> console.line(named(field) + shown(value)));
        place.forEach((field, value) -> console.line(named(field) + shown(value)));
        console.note(new Span("Pass the key on now: it is kept nowhere, and cannot be shown again.", Style.WARNING));
    }

    private static String named(String field) {
        return String.format("%-14s", field);
    }

    private static String shown(Object value) {
        return value instanceof List<?> list
                ? String.join(", ", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }

    @Override
    public Object json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(KEY, made.text().reveal());
        json.put(KeyItems.KEY_ID, made.keyId());
        json.putAll(terms);
        json.putAll(place);
        return json;
    }
}
