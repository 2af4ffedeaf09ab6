package network.cortensor.portal.operator.keys;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.frame.ProblemJson;

/** One key with its plan. */
record KeyReport(KeyRow row, ApiKeysTable.Contents contents, Instant now) implements Report {
    List<Problem> problems() {
        return Stream.concat(
                        KeyJson.problems(row, contents).stream(),
                        plan().stream().flatMap(found -> found.parsed().problems().stream()))
                .toList();
    }

    private Optional<PlanRow> plan() {
        return contents.plan(row.text(KeyItems.PLAN));
    }

    @Override
    public void print(Console console) {
        KeyJson.of(row, contents, now).forEach((field, value) -> console.line(String.format("%-14s %s", field, value)));
        plan().ifPresent(found -> PlanJson.of(found).forEach((field, value) -> {
            if (!field.equals("plan")) {
                console.line(new Span(String.format("  %-21s %s", field, value), Style.FAINT));
            }
        }));
        problems().forEach(problem -> console.note(new Span("error: ", Style.BAD), Span.plain(problem.toString())));
    }

    @Override
    public Object json() {
        Map<String, Object> json = new LinkedHashMap<>(KeyJson.of(row, contents, now));
        plan().ifPresent(found -> json.put("limits", PlanJson.limits(found)));
        json.put("problems", problems().stream().map(ProblemJson::of).toList());
        return json;
    }
}
