package network.cortensor.portal.infra.operations;

import network.cortensor.portal.infra.data.Tables;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.functions.CatalogHistoryFunction;
import network.cortensor.portal.infra.functions.HealthProberFunction;
import network.cortensor.portal.infra.functions.InferenceApi;

/** What alarms and the dashboard look at. */
public record Watched(
        Environment environment,
        Tables tables,
        InferenceApi inference,
        HealthProberFunction prober,
        CatalogHistoryFunction history) {
    Signals signals() {
        return new Signals(environment.name());
    }
}
