package network.cortensor.portal.operator.keys;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.JsonObject;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.console.Table;
import network.cortensor.portal.operator.console.Table.Column;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.ProblemJson;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portalctl plan list}. */
@Command(
        name = "list",
        description = "Lists the plans with the limits of a customer, and how many keys are on each.",
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl plan list -e prod"})
final class ListPlans implements Callable<Integer> {
    @Mixin
    private final CommonOptions options;

    ListPlans(Workplace workplace) {
        this.options = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        try (Access access = options.open()) {
            ApiKeysTable.Contents contents = KeyCommands.plans(access).contents();
            options.console().report(new Listed(contents));
            boolean sound = contents.plans().stream()
                    .allMatch(plan -> plan.parsed().problems().isEmpty());
            return sound ? ExitCode.DONE.number() : ExitCode.FOUND.number();
        }
    }

    private record Listed(ApiKeysTable.Contents contents) implements Report {
        private List<PlanRow> rows() {
            return contents.plans().stream()
                    .sorted(Comparator.comparing(PlanRow::name))
                    .toList();
        }

        private long keysOn(PlanRow plan) {
            return contents.keys().stream()
                    .filter(key -> key.text(KeyItems.PLAN).equals(plan.name()))
                    .count();
        }

        @Override
        public void print(Console console) {
            Table table = new Table(
                    Column.of("PLAN"),
                    Column.of("REQUESTS/MIN").right(),
                    Column.of("REQUESTS/WEEK").right(),
                    Column.of("TOKENS/WEEK").right(),
                    Column.of("IN FLIGHT").right(),
                    Column.of("KEYS").right(),
                    Column.of("DESCRIPTION").ifRoom(1).wrapped());
            for (PlanRow row : rows()) {
                table.row(
                        new Span(row.name(), row.parsed().value().isPresent() ? Style.PLAIN : Style.BAD),
                        Span.plain(row.text(PlanItems.REQUESTS_PER_MINUTE)),
                        Span.plain(row.text(PlanItems.REQUESTS_PER_WEEK)),
                        Span.plain(row.text(PlanItems.TOKENS_PER_WEEK)),
                        Span.plain(row.text(PlanItems.REQUESTS_IN_FLIGHT)),
                        Span.plain(Long.toString(keysOn(row))),
                        Span.plain(row.text(PlanItems.DESCRIPTION)));
            }
            if (table.isEmpty()) {
                console.note("no plans");
            } else {
                console.table(table);
            }
            rows().stream()
                    .flatMap(row -> row.parsed().problems().stream())
                    .forEach(problem -> console.note(new Span("error: ", Style.BAD), Span.plain(problem.toString())));
        }

        @Override
        public Object json() {
            return JsonObject.of(
                            "plans",
                            rows().stream()
                                    .map(row -> {
                                        Map<String, Object> json = new LinkedHashMap<>(PlanJson.of(row));
                                        json.put("keys", keysOn(row));
                                        return json;
                                    })
                                    .toList())
                    .and(
                            "problems",
                            rows().stream()
                                    .flatMap(row -> row.parsed().problems().stream())
                                    .map(ProblemJson::of)
                                    .toList());
        }
    }
}
