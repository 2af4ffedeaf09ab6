package network.cortensor.portal.inference;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSettings;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.settings.Variables;
import network.cortensor.portal.wire.Boundary;

/**
 * What a deployment tells this function.
 *
 * @param environment whose routers' keys are used, and whose customers' keys are good
 */
public record InferenceSettings(
        String environment, String region, TableNames tables, Boundary boundary, ModelsAccess modelsAccess) {

    /** Every variable that the function reads. */
    public static final Set<Variable> VARIABLES = Set.copyOf(EnumSet.of(
            Variable.ENVIRONMENT,
            Variable.REGION,
            Variable.TABLE_MODELS,
            Variable.TABLE_POOLS,
            Variable.TABLE_TARGETS,
            Variable.TABLE_TARGET_HEALTH,
            Variable.TABLE_SESSION_SLOTS,
            Variable.TABLE_API_KEYS,
            Variable.TABLE_USAGE,
            Variable.ROUTER_HOSTS,
            Variable.PLAIN_HTTP_HOSTS,
            Variable.MODELS_OPEN));

    /** @throws network.cortensor.portal.settings.BadSettings naming what is missing or bad */
    public static InferenceSettings of(Map<String, String> environment) {
        Variables variables = Variables.of(VARIABLES, environment);
        return new InferenceSettings(
                variables.text(Variable.ENVIRONMENT),
                variables.text(Variable.REGION),
                TableSettings.names(VARIABLES, variables),
                new Boundary(
                        variables.words(Variable.ROUTER_HOSTS),
                        variables.words(Variable.PLAIN_HTTP_HOSTS),
                        Boundary.Loopback.REFUSED),
                variables.flag(Variable.MODELS_OPEN) ? ModelsAccess.ANYBODY : ModelsAccess.KEY_HOLDERS);
    }
}
