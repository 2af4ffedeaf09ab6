package network.cortensor.portal.operator.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Moments;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.console.Table;
import network.cortensor.portal.operator.console.Table.Column;
import network.cortensor.portal.operator.edit.FieldChange;
import network.cortensor.portal.operator.frame.ProblemJson;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item's changes, the last one first. */
record HistoryReport(CatalogKey item, List<HistoryEntry> entries) implements Report {
    private static final String UNKNOWN = "?";

    @Override
    public void print(Console console) {
        console.line(new Span(item.toString(), Style.STRONG));
        Table table = new Table(
                Column.of("SEQUENCE").right(),
                Column.of("WHEN (UTC)"),
                Column.of("WHO"),
                Column.of("WHAT").wrapped(),
                Column.of("WHY").wrapped().ifRoom(1),
                Column.of("VERDICT"));
        entries.forEach(entry -> table.row(
                Span.plain(entry.id().sequence().toString()),
                Span.plain(Moments.minute(entry.edit().at())),
                Span.plain(entry.edit().by().orElse(UNKNOWN)),
                Span.plain(what(entry)),
                Span.plain(entry.edit().reason().orElse("")),
                verdict(entry)));
        console.table(table);
        entries.forEach(entry -> entry.verdict()
                .problems()
                .forEach(problem -> console.line(
                        new Span(entry.id().sequence() + ": ", Style.FAINT),
                        new Span(problem.toString(), style(problem)))));
    }

    private String what(HistoryEntry entry) {
        String changes = changes(entry).stream().map(FieldChange::toString).collect(Collectors.joining(", "));
        return switch (entry.images().kind()) {
            case CREATED -> "created";
            case DELETED -> "deleted";
            case CHANGED -> changes.isEmpty() ? "written again" : changes;
        };
    }

    private List<FieldChange> changes(HistoryEntry entry) {
        return Difference.between(
                item.table(),
                entry.images().before().orElse(Map.of()),
                entry.images().after().orElse(Map.of()));
    }

    private static Span verdict(HistoryEntry entry) {
        return entry.verdict().bad() ? new Span("bad", Style.BAD) : new Span("good", Style.GOOD);
    }

    private static Style style(Problem problem) {
        return switch (problem.severity()) {
            case ERROR -> Style.BAD;
            case ADVICE -> Style.WARNING;
        };
    }

    @Override
    public Object json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("item", item.stored());
        json.put("entries", entries.stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(HistoryEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sequence", entry.id().sequence().toString());
        json.put("at", entry.edit().at().toString());
        json.put("by", entry.edit().by().orElse(null));
        json.put("reason", entry.edit().reason().orElse(null));
        json.put("kind", word(entry.images().kind()));
        json.put("verdict", entry.verdict().bad() ? "bad" : "good");
        json.put("looked", word(entry.verdict().scope()));
        json.put(
                "problems",
                entry.verdict().problems().stream().map(ProblemJson::of).toList());
        json.put("fields", changes(entry).stream().map(FieldChange::json).toList());
        json.put("before", image(entry.images().before()));
        json.put("after", image(entry.images().after()));
        return json;
    }

    /** In DynamoDB's own JSON, as the AWS command line takes it. */
    private static @Nullable Object image(Optional<Map<String, AttributeValue>> image) {
        return image.map(ItemJson::of).orElse(null);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
