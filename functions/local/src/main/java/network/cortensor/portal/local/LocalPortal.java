package network.cortensor.portal.local;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.inference.Clients;
import network.cortensor.portal.inference.IncidentLines;
import network.cortensor.portal.inference.InferenceHandler;
import network.cortensor.portal.inference.InferenceMain;
import network.cortensor.portal.inference.InferenceSettings;
import network.cortensor.portal.inference.ProcessContext;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.operator.edit.CatalogWriter;
import network.cortensor.portal.operator.edit.Changes;
import network.cortensor.portal.operator.edit.StoredCatalog;
import network.cortensor.portal.operator.file.BadCatalogFile;
import network.cortensor.portal.operator.file.CatalogFile;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.prober.Prober;
import network.cortensor.portal.prober.ProberMain;
import network.cortensor.portal.prober.ProberParts;
import network.cortensor.portal.prober.ProberSettings;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.lambda.ApiGateway;
import network.cortensor.portal.testkit.lambda.FrontEmulator;
import network.cortensor.portal.testkit.lambda.FunctionUrl;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;
import network.cortensor.portal.testkit.ssm.SsmEmulator;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.wire.Boundary;
import network.cortensor.portal.wire.WireSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

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
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
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
    private final String firstModel;
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
            keep(HistoryStream.start(dynamo, dynamo.client(), tables, settings.journal(), clock));
            Edit start = new Edit(clock.instant(), "local", "start of the local product");
            seed(catalog, start);
            firstModel = firstOf(catalog);
            firstKey = FirstKey.make(dynamo.client(), tables.apiKeys(), start);
            Outputs.tell(tables, parameters);
            RuntimeApiEmulator function = keep(lambda());
            gateway = keep(FrontEmulator.start(settings.port(), ApiGateway.onCustomDomain("local"), function, clock));
            int second = settings.port() == 0 ? 0 : settings.port() + 1;
            functionUrl = keep(FrontEmulator.start(second, new FunctionUrl(), function, clock));
            workers = keep(Workers.start(settings.serving(), function, life()));
            settings.tick().ifPresent(every -> keep(ProberTimer.start(prober, every)));
        } catch (BadCatalogFile | IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The first that takes requests, by name. */
    private static String firstOf(CatalogFile catalog) {
        return catalog.catalog().aliases().values().stream()
                .filter(alias -> !alias.retired() && alias.state().takesRequests())
                .map(ModelAlias::name)
                .sorted()
                .findFirst()
                .orElse("no-model");
    }

    /** A model that can be asked. */
    String firstModel() {
        return firstModel;
    }

    /** As {@code portalctl apply} does it. */
    private void seed(CatalogFile catalog, Edit start) {
        StoredCatalog nothing = catalog.stored(dynamo.client(), tables);
        new CatalogWriter(dynamo.client(), tables).write(catalog.changesOf(nothing, Changes.Rest.STAYS), start);
    }

    private RuntimeApiEmulator lambda() throws IOException {
        return switch (settings.serving()) {
            case LocalServing.OneProcess(int streams) ->
                RuntimeApiEmulator.startManaged(clock, FUNCTION_TIMEOUT, call -> {}, streams);
            case LocalServing.SingleEnvironments _ -> RuntimeApiEmulator.start(clock, FUNCTION_TIMEOUT, call -> {});
        };
    }

    /** Everything that a Lambda environment has for itself is made anew for each worker: clients, caches, randomness. */
    private Workers.Life life() {
        return new Workers.Life(clock, new IncidentLines(settings.journal()), hooks -> {
            WorkerEnd end = new WorkerEnd();
            hooks.atEnd(end::begin);
            return worker(tablesOfWorker(), parameterStore(), end);
        });
    }

    /**
     * An environment has a client of its own, which reaches the tables as it does on Lambda. One process of many streams shares a machine with its tables here, and
     * calls them without HTTP and without a signature; that takes a third of the processor time of a call.
     */
    private DynamoDbClient tablesOfWorker() {
        return switch (settings.serving()) {
            case LocalServing.OneProcess _ -> dynamo.client();
            case LocalServing.SingleEnvironments _ -> tablesByHttp();
        };
    }

    private DynamoDbClient tablesByHttp() {
        return AwsClients.forRequests(REGION, CREDENTIALS).dynamo(Optional.of(dynamo.url()));
    }

    /** A worker that reaches the tables through another client, and whom the fronts do not know. */
    InferenceHandler worker(DynamoDbClient client) {
        return worker(client, parameterStore());
    }

    /** The same, and Parameter Store too. */
    InferenceHandler worker(DynamoDbClient client, SsmClient parameterStore) {
        return worker(client, parameterStore, new WorkerEnd());
    }

    /** A client of Parameter Store as workers have it. */
    SsmClient parameterStore() {
        return AwsClients.forRequests(REGION, CREDENTIALS).ssm(Optional.of(parameters.url()));
    }

    private InferenceHandler worker(DynamoDbClient client, SsmClient parameterStore, WorkerEnd end) {
        return InferenceMain.connect(
                new Clients(client, parameterStore, WireSettings.within(Boundary.LOCAL)),
                new InferenceSettings(
                        ENVIRONMENT,
                        REGION,
                        tables,
                        Boundary.LOCAL,
                        settings.rules().modelsAccess()),
                settings.rules(),
                new ProcessContext(settings.journal(), clock, tokens, end));
    }

    /** The prober has clients of its own, as the function has. */
    private ProberParts proberParts() {
        return proberParts(tablesByHttp());
    }

    /** What a prober works with that reaches the tables through another client. */
    ProberParts proberParts(DynamoDbClient client) {
        return ProberMain.connect(
                new ProberMain.Clients(client, parameterStore()),
                new ProberSettings(ENVIRONMENT, REGION, tables, Boundary.LOCAL, DEEP_PROBES),
                settings.rules().slots(),
                new ProberMain.Surroundings(settings.journal(), clock));
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

    /** Ends the workers in good order, as Lambda does with environments that it needs no more. */
    void shutDownWorkers() throws InterruptedException {
        workers.shutDown();
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
