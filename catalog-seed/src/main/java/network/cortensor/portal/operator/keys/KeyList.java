package network.cortensor.portal.operator.keys;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.JsonObject;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.console.Table;
import network.cortensor.portal.operator.console.Table.Column;
import network.cortensor.portal.operator.frame.ProblemJson;

/** Keys with what each is good for, and what is wrong in the table. */
record KeyList(List<KeyRow> rows, ApiKeysTable.Contents contents, Instant now) implements Report {

    /** Also of items that are not shown. */
    List<Problem> problems() {
        return Stream.concat(
                        contents.plans().stream().flatMap(plan -> plan.parsed().problems().stream()),
                        contents.keys().stream().flatMap(key -> KeyJson.problems(key, contents).stream()))
                .toList();
    }

    @Override
    public void print(Console console) {
        if (rows.isEmpty()) {
            console.note("no keys");
        } else {
            console.table(table());
        }
        problems().forEach(problem -> console.note(new Span("error: ", Style.BAD), Span.plain(problem.toString())));
        contents.others()
                .forEach(other -> console.note(
                        new Span("advice: ", Style.WARNING),
                        Span.plain("an item under a key that is neither a hash nor plan#<name>: nothing finds it")));
    }

    private Table table() {
        Table table = new Table(
                Column.of("KEY"),
                Column.of("CUSTOMER"),
                Column.of("PLAN"),
                Column.of("STATUS"),
                Column.of("MODELS").wrapped(),
                Column.of("EXPIRES").ifRoom(2),
                Column.of("CREATED").ifRoom(3),
                Column.of("NOTE").ifRoom(1).wrapped());
        for (KeyRow row : rows) {
            table.row(
                    Span.plain(row.text(KeyItems.KEY_ID)),
                    Span.plain(row.text(KeyItems.CUSTOMER)),
                    Span.plain(row.text(KeyItems.PLAN)),
                    standing(row),
                    Span.plain(models(row)),
                    Span.plain(row.text(KeyItems.EXPIRY)),
                    Span.plain(row.text(KeyItems.CREATED_AT)),
                    Span.plain(row.text(KeyItems.NOTE)));
        }
        return table;
    }

    private Span standing(KeyRow row) {
        KeyRow.Standing standing = row.standing(contents.plan(row.text(KeyItems.PLAN)), now);
        return new Span(
                standing.name().toLowerCase(Locale.ROOT),
                switch (standing) {
                    case ACTIVE -> Style.GOOD;
                    case EXPIRED, REVOKED -> Style.FAINT;
                    case BROKEN -> Style.BAD;
                });
    }

    private static String models(KeyRow row) {
        return row.item().get(KeyItems.ALLOWED_MODELS) instanceof ItemValue.Listed(List<ItemValue> names)
                ? names.stream().map(name -> String.valueOf(name.plain())).collect(Collectors.joining(", "))
                : "all";
    }

    @Override
    public Object json() {
        return JsonObject.of(
                        "keys",
                        rows.stream().map(row -> KeyJson.of(row, contents, now)).toList())
                .and("problems", problems().stream().map(ProblemJson::of).toList());
    }
}
