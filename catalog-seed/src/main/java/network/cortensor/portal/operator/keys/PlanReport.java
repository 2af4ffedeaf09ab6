package network.cortensor.portal.operator.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.frame.ProblemJson;

/** One plan. */
record PlanReport(PlanRow row) implements Report {
    @Override
    public void print(Console console) {
        PlanJson.of(row).forEach((field, value) -> console.line(String.format("%-21s %s", field, value)));
        row.parsed()
                .problems()
                .forEach(problem -> console.note(new Span("error: ", Style.BAD), Span.plain(problem.toString())));
    }

    @Override
    public Object json() {
        Map<String, Object> json = new LinkedHashMap<>(PlanJson.of(row));
        json.put(
                "problems",
                row.parsed().problems().stream().map(ProblemJson::of).toList());
        return json;
    }
}
