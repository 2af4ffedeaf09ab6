package network.cortensor.portal.local;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.dispatch.HealthWitness;
import network.cortensor.portal.dynamo.DynamoClients;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.catalog.CatalogTables;
import network.cortensor.portal.dynamo.catalog.DynamoFleet;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.keys.DynamoKeys;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.inference.Assembly;
import network.cortensor.portal.inference.Assembly.Stores;
import network.cortensor.portal.inference.IncidentLines;
import network.cortensor.portal.inference.InferenceHandler;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.memory.RememberedCatalog;
import network.cortensor.portal.operator.edit.CatalogWriter;
import network.cortensor.portal.operator.edit.Changes;
import network.cortensor.portal.operator.edit.StoredCatalog;
import network.cortensor.portal.operator.file.BadCatalogFile;
import network.cortensor.portal.operator.file.CatalogFile;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.prober.Parts;
import network.cortensor.portal.prober.Prober;
import network.cortensor.portal.router.Lookout;
import network.cortensor.portal.router.RouterKeys;
import network.cortensor.portal.router.Routers;
import network.cortensor.portal.runtime.Handler;
import network.cortensor.portal.runtime.RuntimeConfig;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.ssm.SsmClients;
import network.cortensor.portal.ssm.SsmRouterKeys;
import network.cortensor.portal.telemetry.BadItems;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.lambda.ApiGateway;
import network.cortensor.portal.testkit.lambda.FrontEmulator;
import network.cortensor.portal.testkit.lambda.FunctionUrl;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;
import network.cortensor.portal.testkit.ssm.SsmEmulator;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.wire.Boundary;
import network.cortensor.portal.wire.Wire;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The whole product, running: tables, parameters, simulated routers, workers that drive the real runtime loop over the real Runtime API
 * protocol, and the two fronts before them.
 */
public final class LocalPortal implements AutoCloseable {
    /** What Lambda allows the function. */
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(5);

    /** Whose keys are good here. */
    static final String ENVIRONMENT = "local";

    private static final String REGION = "us-east-1";
    private static final Duration LOOK_PATIENCE = Duration.ofSeconds(5);
    private static final int DEEP_PROBES = 50;

    private final LocalSettings settings;
    private final InstantSource clock;
    private final TokenCounter tokens = new TokenCounter();
    private final TableNames tables = TableNames.prefixed("Portal");
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final DynamoLocal dynamo;
    private final SsmEmulator parameters;
    private final SimulatedRouters routers;
    private final FrontEmulator gateway;
    private final FrontEmulator functionUrl;
    private final Workers workers;
    private final KeyText firstKey;
    private final Prober prober = new Prober(this::proberParts);

    /**
     * Starts everything.
     *
     * @throws BadCatalogFile if the catalog cannot be used
     * @throws java.net.BindException if a port is in use
     */
    public static LocalPortal start(LocalSettings settings) throws BadCatalogFile, IOException {
        return start(settings, InstantSource.system());
    }

    /** @param clock by which everything but the simulated routers lives; it may jump forward, so that nobody need wait for caches */
    static LocalPortal start(LocalSettings settings, InstantSource clock) throws BadCatalogFile, IOException {
        return new LocalPortal(settings, clock);
    }

    private LocalPortal(LocalSettings settings, InstantSource clock) throws BadCatalogFile, IOException {
        this.settings = settings;
        this.clock = clock;
        try {
            parameters = keep(SsmEmulator.start(0));
            routers = keep(SimulatedRouters.start(settings.sessions(), parameters));
            CatalogFile catalog = CatalogFile.read(settings.catalog(), routers.urls());
            dynamo = keep(DynamoLocal.startWith(
                    new TableSchema(tables)::create, List.of(parameters, LocalProber.behindInvoke(prober))));
            keep(HistoryStream.start(dynamo, tables, settings.journal(), clock));
            Edit start = new Edit(clock.instant(), "local", "start of the local product");
            seed(catalog, start);
            firstKey = FirstKey.make(dynamo.client(), tables.apiKeys(), start);
            Outputs.tell(tables, parameters);
            RuntimeApiEmulator function = keep(RuntimeApiEmulator.start(clock, FUNCTION_TIMEOUT, call -> {}));
            gateway = keep(FrontEmulator.start(settings.port(), ApiGateway.onCustomDomain("local"), function, clock));
            int second = settings.port() == 0 ? 0 : settings.port() + 1;
            functionUrl = keep(FrontEmulator.start(second, new FunctionUrl(), function, clock));
            URI runtimeApi = URI.create("http://" + function.address());
            RuntimeConfig config =
                    new RuntimeConfig(runtimeApi.getHost(), runtimeApi.getPort(), new RuntimeConfig.Compute.OnDemand());
            IncidentLines incidents = new IncidentLines(settings.journal());
            workers = keep(
                    Workers.start(settings.workers(), new Workers.Life(config, clock, incidents, hooks -> worker())));
            settings.tick().ifPresent(every -> keep(ProberTimer.start(prober, every)));
        } catch (BadCatalogFile | IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** As {@code portalctl apply} does it. */
    private void seed(CatalogFile catalog, Edit start) {
        StoredCatalog nothing = catalog.stored(dynamo.client(), tables);
        new CatalogWriter(dynamo.client(), tables).write(catalog.changesOf(nothing, Changes.Rest.STAYS), start);
    }

    /** Everything that a Lambda environment has for itself is made anew for each worker: clients, caches, randomness. */
    private Handler worker() {
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        return worker(DynamoClients.open(REGION, credentials, Optional.of(dynamo.url())));
    }

    /** A worker that reaches the tables through another client, and whom the fronts do not know. */
    InferenceHandler worker(DynamoDbClient client) {
        SecureRandom random = new SecureRandom();
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        DynamoHealth health = new DynamoHealth(client, tables, random);
        BadItems badItems = new BadItems(settings.journal(), clock);
        Stores stores = new Stores(
                new RememberedCatalog(new CatalogTables(client, tables, badItems), health, badItems, clock),
                new DynamoSlotTable(client, tables.sessionSlots()),
                new HealthWitness(new Learning(health), clock),
                new Keys(ENVIRONMENT, new DynamoKeys(client, tables, badItems, clock)),
                new DynamoUsageTable(client, tables.usage(), badItems));
        Routers speaking = new Routers(
                Wire.within(Boundary.LOCAL),
                new SsmRouterKeys(SsmClients.open(REGION, credentials, Optional.of(parameters.url())), "local", clock),
                random);
        return new Assembly(stores, speaking, settings.rules(), settings.journal(), clock, random).handler(tokens);
    }

    /** The prober has clients of its own, as the function has. */
    private Parts proberParts() {
        SecureRandom random = new SecureRandom();
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        DynamoDbClient client = DynamoClients.open(REGION, credentials, Optional.of(dynamo.url()));
        RouterKeys keys =
                new SsmRouterKeys(SsmClients.open(REGION, credentials, Optional.of(parameters.url())), "local", clock);
        Wire wire = Wire.within(Boundary.LOCAL);
        DynamoSlotTable slots = new DynamoSlotTable(client, tables.sessionSlots());
        return new Parts(
                new Parts.Stores(
                        new DynamoFleet(client, tables, new BadItems(settings.journal(), clock))::read,
                        new DynamoHealth(client, tables, random),
                        slots,
                        new Slots(slots, clock, random, settings.rules().slots())),
                new Parts.Network(new Lookout(wire, keys, LOOK_PATIENCE), new Routers(wire, keys, random)),
                settings.journal(),
                clock,
                Parts.Limits.production(DEEP_PROBES));
    }

    /** Ticks by a timer if the settings say so, and whenever it is asked. */
    public Prober prober() {
        return prober;
    }

    /** Where OpenAI clients are pointed to, through API Gateway. */
    public URI apiUrl() {
        return URI.create("http://localhost:" + gateway.url().getPort() + "/v1");
    }

    /** The Function URL, without a path. */
    public URI streamingUrl() {
        return URI.create("http://localhost:" + functionUrl.url().getPort());
    }

    /** Of a customer without limits; made anew at each start. */
    public KeyText firstKey() {
        return firstKey;
    }

    public DynamoLocal dynamo() {
        return dynamo;
    }

    public TableNames tables() {
        return tables;
    }

    public SsmEmulator parameters() {
        return parameters;
    }

    public SimulatedRouters routers() {
        return routers;
    }

    /** Ends one worker in the middle of whatever it does, and starts another. */
    void replaceWorker(int number) {
        workers.replace(number);
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    /** Ends it all, fronts first. Requests in flight are lost. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the local product does not end", e);
            }
        }
    }
}
