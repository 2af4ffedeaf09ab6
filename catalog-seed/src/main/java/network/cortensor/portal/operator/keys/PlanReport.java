package network.cortensor.portal.operator.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.frame.ProblemJson;

/** One plan. */
record PlanReport(PlanRow row) implements Report {
    private static final String PROBLEMS = "problems";

    /** Of {@code --json}. */
    static final Set<String> KEYS = Stream.concat(Stream.of(PlanJson.NAME, PROBLEMS), PlanItems.FIELDS.stream())
            .collect(Collectors.toUnmodifiableSet());

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
        json.put(PROBLEMS, row.parsed().problems().stream().map(ProblemJson::of).toList());
        return json;
    }
}
