package network.cortensor.portal.inference;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.dispatch.HealthWitness;
import network.cortensor.portal.dynamo.DynamoClients;
import network.cortensor.portal.dynamo.catalog.CatalogTables;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.keys.DynamoKeys;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.inference.Assembly.Stores;
import network.cortensor.portal.memory.RememberedCatalog;
import network.cortensor.portal.router.Routers;
import network.cortensor.portal.runtime.Handler;
import network.cortensor.portal.runtime.Hooks;
import network.cortensor.portal.runtime.RuntimeConfig;
import network.cortensor.portal.runtime.RuntimeLoop;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.ssm.SsmClients;
import network.cortensor.portal.ssm.SsmRouterKeys;
import network.cortensor.portal.telemetry.BadItems;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.JsonJournal;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.wire.Wire;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Starts the function {@code inference-api}: the only place of it that reads the environment. */
public final class InferenceMain {
    private InferenceMain() {}

    public static void main(String[] args) {
        InstantSource clock = InstantSource.system();
        // Before the settings are read: the journal must be able to say that they are bad.
        Emitter emitter = new Emitter(
                System.getenv().getOrDefault(Variable.ENVIRONMENT.key(), "unnamed"),
                Emitter.version(
                        System.getenv().getOrDefault(Variable.FUNCTION.key(), "unnamed"),
                        System.getenv().getOrDefault(Variable.VERSION.key(), "0")));
        Journal journal = new JsonJournal(System.out, clock, emitter);
        RuntimeLoop loop = new RuntimeLoop(RuntimeConfig.of(System.getenv()), clock, new IncidentLines(journal));
        RuntimeLoop.End end = loop.run(hooks -> wire(hooks, InferenceSettings.of(System.getenv()), journal, clock));
        System.exit(end.exitStatus());
    }

    /**
     * Before a snapshot the whole path is run once on canned parts, so that its classes are loaded and compiled; clients, connections,
     * secrets and randomness come into being after the restore only.
     */
    private static Handler wire(Hooks hooks, InferenceSettings settings, Journal journal, InstantSource clock) {
        TokenCounter tokens = new TokenCounter();
        AtomicReference<Optional<Handler>> live = new AtomicReference<>(Optional.empty());
        hooks.beforeCheckpoint(() -> Priming.run(tokens));
        hooks.afterRestore(() -> live.set(Optional.of(connect(settings, journal, clock, tokens))));
        return (invocation, response) -> live.updateAndGet(
                        connected -> connected.or(() -> Optional.of(connect(settings, journal, clock, tokens))))
                .orElseThrow()
                .handle(invocation, response);
    }

    private static Handler connect(
            InferenceSettings settings, Journal journal, InstantSource clock, TokenCounter tokens) {
        AwsCredentialsProvider credentials =
                DefaultCredentialsProvider.builder().build();
        SecureRandom random = new SecureRandom();
        DynamoDbClient dynamo = DynamoClients.open(settings.region(), credentials, Optional.empty());
        DynamoHealth health = new DynamoHealth(dynamo, settings.tables(), random);
        BadItems badItems = new BadItems(journal, clock);
        Stores stores = new Stores(
                new RememberedCatalog(new CatalogTables(dynamo, settings.tables(), badItems), health, badItems, clock),
                new DynamoSlotTable(dynamo, settings.tables().sessionSlots()),
                new HealthWitness(new Learning(health), clock),
                new Keys(settings.environment(), new DynamoKeys(dynamo, settings.tables(), badItems, clock)),
                new DynamoUsageTable(dynamo, settings.tables().usage(), badItems));
        Routers routers = new Routers(
                Wire.within(settings.boundary()),
                new SsmRouterKeys(
                        SsmClients.open(settings.region(), credentials, Optional.empty()),
                        settings.environment(),
                        clock),
                random);
        return new Assembly(stores, routers, Rules.production(settings.modelsAccess()), journal, clock, random)
                .handler(tokens);
    }
}
