package network.cortensor.portal.operator.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;

/**
 * The one time that a key is shown.
 *
 * @param terms what it may do, as the table has it
 */
record NewKeyReport(NewKey made, Map<String, Object> terms) implements Report {
    @Override
    public void print(Console console) {
        console.line(Span.plain(named("key")), new Span(made.text().reveal(), Style.STRONG));
        console.line(named("keyId") + made.keyId());
        terms.forEach((field, value) -> console.line(named(field) + shown(value)));
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
        json.put("key", made.text().reveal());
        json.put("keyId", made.keyId());
        json.putAll(terms);
        return json;
    }
}
