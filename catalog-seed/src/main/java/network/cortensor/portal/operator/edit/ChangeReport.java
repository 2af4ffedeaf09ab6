package network.cortensor.portal.operator.edit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.console.Table;
import network.cortensor.portal.operator.console.Table.Column;

/**
 * Changes, field by field.
 *
 * @param dangers what they would do to customers, a line each
 * @param written how many were written; absent if that was not asked for
 */
public record ChangeReport(List<Change> changes, List<String> dangers, OptionalInt written) implements Report {
    private static final int INDENT = 4;

    /** Of {@code --json}. */
    static final Set<String> KEYS = Set.of("changes", "dangers", "written");

    /** Of changes that are only shown. */
    public static ChangeReport planned(StoredCatalog before, List<Change> changes, Instant now) {
        return new ChangeReport(changes, Dangers.of(before, before.after(changes), now), OptionalInt.empty());
    }

    @Override
    public void print(Console console) {
        changes.forEach(change -> print(change, console));
        dangers.forEach(danger -> console.line(new Span("! ", Style.BAD), Span.plain(danger)));
        if (changes.size() != 1) {
            console.line(summary());
        }
    }

    private static void print(Change change, Console console) {
        switch (change) {
            case Change.Create create -> {
                console.line(new Span("+ " + create.key(), Style.GOOD));
                Table table = new Table(Column.of(""), Column.of("").wrapped()).indented(INDENT);
                create.fields().forEach(field -> table.row(faint(field.field()), value(field.to())));
                console.table(table);
            }
            case Change.Update update -> {
                console.line(new Span("~ " + update.key(), Style.CHANGED));
                Table table = new Table(
                                Column.of(""),
                                Column.of("").wrapped(),
                                Column.of(""),
                                Column.of("").wrapped())
                        .indented(INDENT);
                update.fields()
                        .forEach(field -> table.row(
                                faint(field.field()), value(field.from()), Span.plain("→"), value(field.to())));
                console.table(table);
            }
            case Change.Delete delete -> {
                console.line(new Span("- " + delete.key(), Style.BAD));
                Table table = new Table(Column.of(""), Column.of("").wrapped()).indented(INDENT);
                delete.fields().forEach(field -> table.row(faint(field.field()), value(field.from())));
                console.table(table);
            }
        }
    }

    private static Span faint(String text) {
        return new Span(text, Style.FAINT);
    }

    private static Span value(Optional<ItemValue> value) {
        return Span.plain(ValueText.of(value));
    }

    private String summary() {
        return changes.isEmpty()
                ? "nothing to change"
                : count() + ": " + count("create") + " to add, " + count("update") + " to change, " + count("delete")
                        + " to remove";
    }

    /** {@code 1 change}, {@code 3 changes}. */
    String count() {
        return changes.size() == 1 ? "1 change" : changes.size() + " changes";
    }

    private long count(String action) {
        return changes.stream().filter(change -> change.action().equals(action)).count();
    }

    @Override
    public Object json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("changes", changes.stream().map(Change::json).toList());
        json.put("dangers", dangers);
        json.put("written", written.isPresent() ? written.getAsInt() : null);
        return json;
    }
}
