package network.cortensor.portal.operator.usage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.usage.DynamoUsageRecords.Days;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.JsonObject;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.console.Table;
import network.cortensor.portal.operator.console.Table.Column;
import network.cortensor.portal.operator.frame.ProblemJson;

/**
 * A summary as a table, as JSON, or as CSV.
 *
 * @param problems what could not be read, and is missing in it
 */
record UsageSummaryReport(Summary summary, Days days, List<Problem> problems) implements Report {
    private static final List<String> NUMBERS =
            List.of("requests", "promptTokens", "completionTokens", "totalTokens", "failed", "estimated", "unsettled");

    @Override
    public void print(Console console) {
        complain(console);
        if (summary.rows().isEmpty()) {
            console.note("nothing was used from " + days.first() + " to " + days.last());
            return;
        }
        List<Column> columns = new ArrayList<>();
        summary.by().forEach(by -> columns.add(Column.of(by.word().toUpperCase(Locale.ROOT))));
        columns.add(Column.of("REQUESTS").right());
        columns.add(Column.of("PROMPT TOKENS").right());
        columns.add(Column.of("COMPLETION TOKENS").right());
        columns.add(Column.of("TOKENS").right());
        columns.add(Column.of("FAILED").right().ifRoom(1));
        columns.add(Column.of("ESTIMATED").right().ifRoom(2));
        columns.add(Column.of("UNSETTLED").right().ifRoom(3));
        Table table = new Table(columns.toArray(Column[]::new));
        for (Summary.Row row : summary.rows()) {
            table.row(cells(row).map(Span::plain).toArray(Span[]::new));
        }
        console.table(table);
    }

    /** As RFC 4180 has it; no name needs quotes. */
    void csv(Console console) {
        complain(console);
        console.line(Stream.concat(summary.by().stream().map(By::word), NUMBERS.stream())
                .collect(Collectors.joining(",")));
        summary.rows().forEach(row -> console.line(cells(row).collect(Collectors.joining(","))));
    }

    private void complain(Console console) {
        problems.forEach(problem -> console.note(new Span("error: ", Style.BAD), Span.plain(problem.toString())));
    }

    private static Stream<String> cells(Summary.Row row) {
        return Stream.concat(
                row.group().stream(),
                numbers(row).map(number -> number.map(Object::toString).orElse("")));
    }

    private static Stream<Optional<Long>> numbers(Summary.Row row) {
        return Stream.of(
                Optional.of(row.totals().requests()),
                Optional.of(row.totals().promptTokens()),
                Optional.of(row.totals().completionTokens()),
                Optional.of(row.totals().tokens()),
                row.detail().map(UsageRow.Detail::failed),
                row.detail().map(UsageRow.Detail::estimated),
                row.detail().map(UsageRow.Detail::unsettled));
    }

    @Override
    public Object json() {
        return JsonObject.of("from", days.first().toString())
                .and("to", days.last().toString())
                .and("usage", summary.rows().stream().map(this::json).toList())
                .and("problems", problems.stream().map(ProblemJson::of).toList());
    }

    /** What a summary of days does not say is null. */
    private Map<String, Object> json(Summary.Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < summary.by().size(); i++) {
            json.put(summary.by().get(i).word(), row.group().get(i));
        }
        List<Optional<Long>> numbers = numbers(row).toList();
        for (int i = 0; i < NUMBERS.size(); i++) {
            json.put(NUMBERS.get(i), numbers.get(i).orElse(null));
        }
        return json;
    }
}
