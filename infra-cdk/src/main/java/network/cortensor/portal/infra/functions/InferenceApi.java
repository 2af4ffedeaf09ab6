package network.cortensor.portal.infra.functions;

import static network.cortensor.portal.infra.data.TableAction.DELETE;
import static network.cortensor.portal.infra.data.TableAction.GET;
import static network.cortensor.portal.infra.data.TableAction.PUT;
import static network.cortensor.portal.infra.data.TableAction.QUERY;
import static network.cortensor.portal.infra.data.TableAction.SCAN;
import static network.cortensor.portal.infra.data.TableAction.UPDATE;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.infra.data.PortalTable;
import network.cortensor.portal.infra.data.Tables;
import network.cortensor.portal.infra.environment.CustomerAccess;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.environment.Serving;
import network.cortensor.portal.settings.Variable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.constructs.Construct;

/**
 * The function behind both fronts, on demand and, where an environment has a fleet, on Managed Instances beside it. The managed Java runtime buffers answers, so the package brings its own loop, started by
 * {@code AWS_LAMBDA_EXEC_WRAPPER} on that runtime, which keeps SnapStart.
 */
public final class InferenceApi extends Construct {
    /** Above the 285 s that a request may take; its own deadline ends it 10 s before this one. */
    static final Duration TIMEOUT = Duration.seconds(300);

    /**
     * A process with one request at a time needs 140 MiB (highest resident size, {@code -Dmeasure=streams}); what it is given more buys
     * processor. 1,769 MB are one core, all that one request can use, and by AWS's measurement make memory touched after a restore cost 82 ms
     * instead of up to a second. A request waits 39 s for a router, so every MB is paid for mostly asleep.
     */
    public static final int MEBIBYTES = 1_769;

    private final Served onDemand;
    private final Optional<ManagedInference> managed;
    private final Served serving;

    public InferenceApi(Construct scope, String id, Means means) {
        super(scope, id);
        Environment environment = means.environment();
        Function function = FunctionBase.builder(this, FunctionPackage.INFERENCE_API, means)
                .description("Portal " + environment.name() + ": the customers' API")
                .timeout(TIMEOUT)
                .memorySize(MEBIBYTES)
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .reservedConcurrentExecutions(environment.sizes().requests())
                .build();
        equip(function, means);
        this.onDemand = new Served(function, FunctionBase.live(this, function));
        new DailyCall(this, "Daily", onDemand.alias(), environment.name());
        this.managed = environment.serving().fleet().map(fleet -> new ManagedInference(this, "Managed", means, fleet));
        this.serving = switch (environment.serving()) {
            case Serving.OnDemand(), Serving.Prepared(Serving.Fleet _) -> onDemand;
            case Serving.ManagedInstances(Serving.Fleet _) ->
                managed.orElseThrow().served();
        };
    }

    /** Tells the function, of either kind, what it must know, and gives it what it needs. */
    static void equip(Function function, Means means) {
        function.addEnvironment("AWS_LAMBDA_EXEC_WRAPPER", "/var/task/" + FunctionPackage.WRAPPER);
        boolean open = means.environment().customers().modelList() == CustomerAccess.ModelList.OPEN;
        function.addEnvironment(Variable.MODELS_OPEN.key(), Boolean.toString(open));
        FunctionBase.giveRouters(function, means.environment());
        giveTables(function, means.tables());
    }

    private static void giveTables(Function function, Tables tables) {
        tables.give(function, PortalTable.MODELS, GET, SCAN);
        tables.give(function, PortalTable.POOLS, GET);
        tables.give(function, PortalTable.TARGETS, QUERY);
        tables.give(function, PortalTable.TARGET_HEALTH, GET, QUERY, PUT);
        tables.give(function, PortalTable.SESSION_SLOTS, QUERY, PUT, DELETE);
        tables.give(function, PortalTable.API_KEYS, GET);
        tables.give(function, PortalTable.USAGE, GET, QUERY, PUT, UPDATE);
    }

    /** What the fronts lead to. */
    public Served serving() {
        return serving;
    }

    /** The other one, where there are two: whoever has its streaming URL is served by it. */
    public Optional<Served> standby() {
        return all().stream().filter(served -> !served.equals(serving)).findFirst();
    }

    public Served onDemand() {
        return onDemand;
    }

    public Optional<ManagedInference> managed() {
        return managed;
    }

    /** All that a deployment brings new versions of. */
    public List<Served> all() {
        return Stream.concat(Stream.of(onDemand), managed.stream().map(ManagedInference::served))
                .toList();
    }
}
