package network.cortensor.portal.benchmarks.failover;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The catalog of the product that is put through the scenarios: for each run and scenario an alias with one target, and a fallback pool of another model with
 * a longer context behind it.
 */
final class BenchCatalog {
    private final URI provider;
    private final StringBuilder models = new StringBuilder("models:\n");
    private final StringBuilder pools = new StringBuilder("pools:\n");
    private final StringBuilder targets = new StringBuilder("targets:\n");

    BenchCatalog(URI provider) {
        this.provider = provider;
    }

    /** What the aliases of a run are called; their pools have the same names. */
    record Names(String run) {
        String alias(BenchScenario scenario) {
            return scenario.name().toLowerCase(Locale.ROOT) + "-" + run;
        }

        String spare(BenchScenario scenario) {
            return alias(scenario) + "-spare";
        }

        String well() {
            return "well-" + run;
        }
    }

    /** @param fields of each primary pool beside its state */
    void add(Names names, Map<String, String> fields) {
        String pool = fields.entrySet().stream()
                .map(field -> ", " + field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining());
        model(names.well(), 8_192, "", pool, ProviderFault.NONE + "-well-" + names.run());
        for (BenchScenario scenario : BenchScenario.values()) {
            String spare = names.spare(scenario);
            model(names.alias(scenario), 8_192, ", fallbackPools: [" + spare + "]", pool, scenario.model(names.run()));
            model(spare, 131_072, "", ", servesModel: " + spare, scenario.fallback(names.run()));
        }
    }

    private void model(String name, int context, String ofModel, String ofPool, String upstream) {
        models.append("  " + name + ": {state: live, contextLength: " + context
                + ", maxOutputTokens: 4096, promptFormat: plain, routes: [{pool: " + name + ", weight: 1}]" + ofModel
                + "}\n");
        pools.append("  " + name + ": {state: live" + ofPool + "}\n");
        targets.append("  " + name + ":\n    only: {protocol: openai, routerUrl: \"" + provider + "\", upstreamModel: "
                + upstream + ", capacity: 8, state: live}\n");
    }

    String yaml() {
        return models.append(pools).append(targets).toString();
    }
}
