package network.cortensor.portal.history;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSettings;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.settings.Variables;

/** What a deployment tells this function. */
public record HistorySettings(String environment, String region, TableNames tables) {
    /** Every variable that the function reads. */
    public static final Set<Variable> VARIABLES = Set.copyOf(EnumSet.of(
            Variable.ENVIRONMENT,
            Variable.REGION,
            Variable.TABLE_MODELS,
            Variable.TABLE_POOLS,
            Variable.TABLE_TARGETS,
            Variable.TABLE_CATALOG_HISTORY));

    /** @throws network.cortensor.portal.settings.BadSettings naming what is missing or bad */
    public static HistorySettings of(Map<String, String> environment) {
        Variables variables = Variables.of(VARIABLES, environment);
        return new HistorySettings(
                variables.text(Variable.ENVIRONMENT),
                variables.text(Variable.REGION),
                TableSettings.names(VARIABLES, variables));
    }
}
