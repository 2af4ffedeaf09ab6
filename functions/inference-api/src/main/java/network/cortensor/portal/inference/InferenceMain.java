package network.cortensor.portal.inference;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.dispatch.HealthWitness;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.dynamo.activity.DynamoActivity;
import network.cortensor.portal.dynamo.catalog.CatalogTables;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.keys.DynamoKeys;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.inference.Assembly.Stores;
import network.cortensor.portal.memory.RememberedCatalog;
import network.cortensor.portal.memory.RememberedKeys;
import network.cortensor.portal.router.Routers;
import network.cortensor.portal.runtime.Handler;
import network.cortensor.portal.runtime.Hooks;
import network.cortensor.portal.runtime.RuntimeConfig;
import network.cortensor.portal.runtime.RuntimeConfig.Compute;
import network.cortensor.portal.runtime.RuntimeLoop;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.ssm.SsmRouterKeys;
import network.cortensor.portal.telemetry.BadItems;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.json.JsonJournal;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.wire.WireSettings;
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
        ProcessContext surroundings = new ProcessContext(journal, clock, new TokenCounter(), new WorkerEnd());
        RuntimeConfig config = RuntimeConfig.of(System.getenv());
        RuntimeLoop loop = new RuntimeLoop(config, clock, new IncidentLines(journal));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(loop)));
        RuntimeLoop.End end =
                loop.run(hooks -> wire(hooks, config.compute(), InferenceSettings.of(System.getenv()), surroundings));
        System.exit(end.exitStatus());
    }

    /** Of the 600 ms that Lambda allows, some are the JVM's own. */
    private static void shutDown(RuntimeLoop loop) {
        try {
            loop.shutDown(Duration.ofMillis(500));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Before a snapshot the whole path is run once on canned parts, so that its classes are loaded and compiled; clients, connections,
     * secrets and randomness come into being after the restore only. Where many requests will come at once, all of it is done before the first.
     */
    private static Handler wire(Hooks hooks, Compute compute, InferenceSettings settings, ProcessContext surroundings)
            throws IOException, InterruptedException, GeneralSecurityException {
        FirstUse function = new FirstUse(() -> connect(settings, surroundings));
        hooks.beforeCheckpoint(() -> Priming.run(surroundings.tokens()));
        hooks.afterRestore(function::handler);
        hooks.atEnd(surroundings.end()::begin);
        if (compute instanceof Compute.ManagedInstances) {
            Priming.run(surroundings.tokens());
            function.handler();
        }
        return function;
    }

    private static Handler connect(InferenceSettings settings, ProcessContext surroundings) {
        AwsCredentialsProvider credentials =
                DefaultCredentialsProvider.builder().build();
        Clients clients = new Clients(
                AwsClients.forRequests(settings.region(), credentials).dynamo(Optional.empty()),
                AwsClients.forRequests(settings.region(), credentials).ssm(Optional.empty()),
                WireSettings.within(settings.boundary()));
        return connect(clients, settings, Rules.production(settings.modelsAccess()), surroundings);
    }

    /** The function over these tables, parameters and routers. */
    public static InferenceHandler connect(
            Clients clients, InferenceSettings settings, Rules rules, ProcessContext surroundings) {
        SecureRandom random = new SecureRandom();
        InstantSource clock = surroundings.clock();
        DynamoDbClient dynamo = clients.dynamo();
        DynamoHealth health = new DynamoHealth(dynamo, settings.tables(), random);
        BadItems badItems = new BadItems(surroundings.journal(), clock);
        Stores stores = new Stores(
                new RememberedCatalog(
                        new CatalogTables(dynamo, settings.tables(), badItems), health.forRouting(), badItems, clock),
                new DynamoSlotTable(dynamo, settings.tables().sessionSlots(), badItems, clock),
                new HealthWitness(new Learning(health), clock, SideBySide.VIRTUAL_THREADS),
                new Keys(
                        settings.environment(),
                        new RememberedKeys(new DynamoKeys(dynamo, settings.tables(), badItems), badItems, clock)),
                new DynamoUsageTable(dynamo, settings.tables().usage(), badItems),
                new DynamoActivity(dynamo, settings.tables().usage()));
        Routers routers =
                new Routers(clients.routers(), new SsmRouterKeys(clients.ssm(), settings.environment(), clock), random);
        return new Assembly(stores, routers, rules, surroundings, random).handler();
    }
}
