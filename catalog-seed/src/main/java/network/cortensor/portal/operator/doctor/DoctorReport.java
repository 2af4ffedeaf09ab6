package network.cortensor.portal.operator.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.JsonObject;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.console.Table;
import network.cortensor.portal.operator.console.Table.Column;

/** All findings, in the order in which one thing builds upon another. */
record DoctorReport(List<CheckResult> findings) implements Report {
    boolean healthy() {
        return findings.stream().noneMatch(finding -> finding.grade() == CheckResult.Grade.BAD);
    }

    @Override
    public void print(Console console) {
        Table table = new Table(
                Column.of(""),
                Column.of("CHECK"),
                Column.of("FOUND").wrapped(),
                Column.of("WHAT TO DO").wrapped());
        findings.forEach(finding -> table.row(
                new Span(mark(finding), style(finding)),
                Span.plain(finding.what()),
                Span.plain(finding.said()),
                new Span(finding.todo(), Style.STRONG)));
        console.table(table);
    }

    private static String mark(CheckResult finding) {
        return switch (finding.grade()) {
            case OK -> "ok";
            case SKIPPED -> "-";
            case WARNING -> "!";
            case BAD -> "BAD";
        };
    }

    private static Style style(CheckResult finding) {
        return switch (finding.grade()) {
            case OK -> Style.GOOD;
            case SKIPPED -> Style.FAINT;
            case WARNING -> Style.WARNING;
            case BAD -> Style.BAD;
        };
    }

    @Override
    public Object json() {
        return JsonObject.of("healthy", healthy())
                .and("checks", findings.stream().map(DoctorReport::json).toList());
    }

    private static Map<String, Object> json(CheckResult finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("check", finding.what());
        json.put("grade", finding.grade().word());
        json.put("found", finding.said());
        json.put("todo", finding.todo());
        return json;
    }
}
