package network.cortensor.portal.operator.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.routing.Decision;
import network.cortensor.portal.routing.Explanation;
import network.cortensor.portal.routing.PoolChoice;
import network.cortensor.portal.routing.RouteScore;
import network.cortensor.portal.routing.TargetVerdict;

/**
 * One decision, with everything that spoke for and against.
 *
 * @param asked the name that the customer sends
 */
record ExplainReport(String asked, ModelAlias alias, String customer, Decision decision) implements Report {
    @Override
    public void print(Console console) {
        String whose = customer.isEmpty() ? "a nameless customer" : "customer " + customer;
        console.line(
                new Span(alias.name(), Style.STRONG),
                Span.plain((asked.equals(alias.name()) ? "" : ", asked for as " + asked + ",") + " for " + whose));
        if (alias.retired()) {
            console.line(new Span("retired: every request is answered 404", Style.BAD));
            return;
        }
        for (String line : Explanation.of(decision)) {
            console.line(new Span(line, style(line)));
        }
        if (decision.pools().stream()
                .noneMatch(pool -> pool.candidates().stream().anyMatch(ExplainReport::eligible))) {
            console.line(new Span("no target: the request is answered 503 model_unavailable", Style.BAD));
        }
    }

    private static boolean eligible(PoolChoice.Judged judged) {
        return judged.verdict() == TargetVerdict.ELIGIBLE;
    }

    private static Style style(String line) {
        if (line.endsWith(", chosen")) {
            return Style.GOOD;
        }
        return line.startsWith("  not ") ? Style.FAINT : Style.PLAIN;
    }

    @Override
    public Object json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", alias.name());
        json.put("asked", asked);
        json.put("customer", customer);
        json.put("route", decision.route().map(Route::pool).orElse(null));
        json.put("routes", decision.routes().stream().map(ExplainReport::json).toList());
        json.put("pools", decision.pools().stream().map(ExplainReport::json).toList());
        return json;
    }

    private static Object json(RouteScore score) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pool", score.route().pool());
        json.put("weight", score.route().weight());
        json.put("score", score.score());
        json.put("openness", score.openness().word());
        return json;
    }

    private static Object json(PoolChoice choice) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", choice.pool().pool().name());
        json.put("servesModel", choice.pool().pool().servesModel().orElse(null));
        json.put("effective", choice.state().word());
        json.put("failsOpen", choice.failsOpen());
        List<Object> targets =
                choice.candidates().stream().map(ExplainReport::json).toList();
        json.put("targets", targets);
        return json;
    }

    private static Object json(PoolChoice.Judged judged) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", judged.view().target().id().name());
        json.put("effective", judged.state().word());
        json.put("health", judged.view().standing().word());
        json.put("weight", judged.view().target().weight());
        json.put("verdict", judged.verdict().word());
        return json;
    }
}
