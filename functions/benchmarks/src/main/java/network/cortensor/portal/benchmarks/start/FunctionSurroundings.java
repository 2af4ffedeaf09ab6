package network.cortensor.portal.benchmarks.start;

import java.util.HashMap;
import java.util.Map;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.inference.InferenceSettings;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.ssm.SsmEmulator;

/** What the function finds where it runs: tables of DynamoDB Local, a Parameter Store, and the environment that names them. */
final class FunctionSurroundings implements AutoCloseable {
    private static final TableNames TABLES = TableNames.prefixed("start-");

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);
    private final SsmEmulator parameters = SsmEmulator.start(0);

    /** @param runtimeApi host and port */
    Map<String, String> environment(String runtimeApi) {
        Map<String, String> environment = new HashMap<>();
        InferenceSettings.VARIABLES.forEach(
                variable -> environment.put(variable.key(), special().getOrDefault(variable, "test")));
        environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769");
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo.url().toString());
        environment.put("AWS_ENDPOINT_URL_SSM", parameters.url().toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return environment;
    }

    private static Map<Variable, String> special() {
        return Map.of(
                Variable.REGION, "us-east-1",
                Variable.MODELS_OPEN, "true",
                Variable.ROUTER_HOSTS, "router.example",
                Variable.PLAIN_HTTP_HOSTS, "none",
                Variable.TABLE_MODELS, TABLES.models(),
                Variable.TABLE_POOLS, TABLES.pools(),
                Variable.TABLE_TARGETS, TABLES.targets(),
                Variable.TABLE_TARGET_HEALTH, TABLES.targetHealth(),
                Variable.TABLE_SESSION_SLOTS, TABLES.sessionSlots());
    }

    @Override
    public void close() {
        parameters.close();
        dynamo.close();
    }
}
