package network.cortensor.portal.infra.functions;

import static network.cortensor.portal.infra.data.TableAction.DELETE;
import static network.cortensor.portal.infra.data.TableAction.GET;
import static network.cortensor.portal.infra.data.TableAction.PUT;
import static network.cortensor.portal.infra.data.TableAction.QUERY;
import static network.cortensor.portal.infra.data.TableAction.SCAN;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.cortensor.portal.infra.data.PortalTable;
import network.cortensor.portal.infra.data.Tables;
import network.cortensor.portal.settings.Variable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.scheduler.ContextAttribute;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.ScheduleTargetInput;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.constructs.Construct;

/**
 * The prober, once a minute. A tick that could not run is not made up for: the next one sees more. Both the scheduler and Lambda, whose
 * asynchronous calls have retries of their own, are told so.
 */
public final class HealthProberFunction extends Construct {
    private static final Duration TICK = Duration.minutes(1);

    /** A deep probe may take as long as a customer's attempt; ticks may overlap. */
    private static final Duration TIMEOUT = Duration.minutes(5);

    /** One core: a thousand TLS handshakes a minute are work for a processor, not for memory. */
    public static final int MEBIBYTES = 1_769;

    private final Function function;
    private final Alias alias;

    public HealthProberFunction(Construct scope, String id, Means means) {
        super(scope, id);
        this.function = FunctionBase.builder(this, FunctionPackage.HEALTH_PROBER, means)
                .description("Portal " + means.environment().name() + ": probes every target once a minute")
                .timeout(TIMEOUT)
                .memorySize(MEBIBYTES)
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .build();
        int deepProbes = means.environment().sizes().deepProbesPerTick();
        function.addEnvironment(Variable.DEEP_PROBES_PER_TICK.key(), Integer.toString(deepProbes));
        FunctionBase.giveRouters(function, means.environment());
        giveTables(means.tables());
        this.alias = FunctionBase.live(this, function);
        alias.configureAsyncInvoke(EventInvokeConfigOptions.builder()
                .maxEventAge(TICK)
                .retryAttempts(0)
                .build());
        Schedule.Builder.create(this, "Schedule")
                .schedule(ScheduleExpression.rate(TICK))
                .description("Portal " + means.environment().name() + ": a tick of the prober")
                .target(LambdaInvoke.Builder.create(alias)
                        .input(tick())
                        .maxEventAge(TICK)
                        .retryAttempts(0)
                        .build())
                .build();
    }

    private void giveTables(Tables tables) {
        tables.give(function, PortalTable.MODELS, SCAN);
        tables.give(function, PortalTable.POOLS, SCAN);
        tables.give(function, PortalTable.TARGETS, SCAN);
        tables.give(function, PortalTable.TARGET_HEALTH, GET, QUERY, PUT);
        tables.give(function, PortalTable.SESSION_SLOTS, QUERY, PUT, DELETE);
    }

    /** The event that EventBridge's own rules send. The scheduler's default has {@code detail} as text, which no client can read. */
    private static ScheduleTargetInput tick() {
        return ScheduleTargetInput.fromObject(new TreeMap<>(Map.of(
                "version", "0",
                "id", ContextAttribute.getExecutionId(),
                "source", "aws.scheduler",
                "detail-type", "Scheduled Event",
                "time", ContextAttribute.getScheduledTime(),
                "resources", List.of(ContextAttribute.getScheduleArn()),
                "detail", Map.of())));
    }

    public Function function() {
        return function;
    }

    public Alias alias() {
        return alias;
    }
}
