package network.cortensor.portal.operator.status;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.model.State;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Moments;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.frame.ProblemJson;

/** Aliases, their pools, their targets, and what is wrong with items. */
record StatusReport(
        String environment, FleetView fleet, List<AliasStatus> aliases, List<PoolStatus> unused, List<Problem> problems)
        implements Report {

    /** @param only these aliases, or all if there are none */
    static StatusReport of(String environment, FleetView fleet, Set<String> only) {
        List<AliasStatus> aliases = fleet.catalog().aliases().values().stream()
                .filter(alias -> only.isEmpty() || only.contains(alias.name()))
                .map(alias -> AliasStatus.of(alias, fleet))
                .toList();
        Set<String> used = fleet.catalog().aliases().values().stream()
                .flatMap(alias -> alias.pools().stream())
                .collect(Collectors.toSet());
        List<PoolStatus> unused = fleet.catalog().pools().keySet().stream()
                .filter(pool -> only.isEmpty() && !used.contains(pool))
                .map(pool -> PoolStatus.of(pool, new PoolStatus.Role.Unused(), State.LIVE, fleet))
                .toList();
        return new StatusReport(environment, fleet, aliases, unused, fleet.problems());
    }

    @Override
    public void print(Console console) {
        StatusPage page = new StatusPage(console, fleet.now());
        aliases.forEach(page::alias);
        if (!unused.isEmpty()) {
            console.line(new Span("pools that no model leads to", Style.STRONG));
            unused.forEach(page::pool);
        }
        problems.forEach(page::problem);
        console.line(prober());
    }

    private Span prober() {
        String last = fleet.heartbeat()
                .map(beat -> "last tick " + Moments.from(fleet.now(), beat))
                .orElse("no tick yet");
        return fleet.healthIsStale()
                ? new Span("prober: " + last + ", so health counts as unknown", Style.WARNING)
                : new Span("prober: " + last, Style.FAINT);
    }

    @Override
    public Object json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("environment", environment);
        json.put("at", fleet.now().toString());
        json.put("lastTick", fleet.heartbeat().map(Instant::toString).orElse(null));
        json.put("healthIsStale", fleet.healthIsStale());
        json.put("models", aliases.stream().map(AliasStatus::json).toList());
        json.put("unusedPools", unused.stream().map(PoolStatus::json).toList());
        json.put("problems", problems.stream().map(ProblemJson::of).toList());
        return json;
    }
}
