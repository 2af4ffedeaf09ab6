package network.cortensor.portal.infra.functions;

import java.util.List;
import network.cortensor.portal.infra.environment.Serving.Fleet;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CapacityProvider;
import software.amazon.awscdk.services.lambda.CapacityProviderFunctionOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.PropagateTags;
import software.amazon.awscdk.services.lambda.ScalingOptions;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.constructs.Construct;

/**
 * The customers' function a second time, from the same package, on Lambda Managed Instances: environments that serve many requests at once.
 * A function cannot change its kind of compute, and reserved concurrency and snapshots do not exist here; the fleet's cores are its bound.
 */
public final class ManagedInference extends Construct {
    private static final double GIBIBYTES_PER_CORE = 2;

    private final CapacityProvider machines;
    private final Served served;

    ManagedInference(Construct scope, String id, Means means, Fleet fleet) {
        super(scope, id);
        WayOut network = new WayOut(this, "Network");
        this.machines = CapacityProvider.Builder.create(this, "Machines")
                .subnets(network.subnets())
                .securityGroups(List.of(network.group()))
                .architectures(List.of(Architecture.ARM_64))
                .scalingOptions(ScalingOptions.auto())
                .maxVCpuCount(fleet.cores())
                .propagateTags(PropagateTags.explicit(network.tags(means.environment())))
                .build();
        Function function = FunctionBase.builder(this, FunctionPackage.INFERENCE_API, means)
                .description("Portal " + means.environment().name() + ": the customers' API on Managed Instances")
                .timeout(InferenceApi.TIMEOUT)
                .memorySize(Fleet.MEBIBYTES)
                .currentVersionOptions(VersionOptions.builder()
                        .removalPolicy(FunctionBase.OF_VERSIONS)
                        .minExecutionEnvironments(fleet.least())
                        .maxExecutionEnvironments(fleet.most())
                        .build())
                .build();
        machines.addFunction(
                function,
                CapacityProviderFunctionOptions.builder()
                        .perExecutionEnvironmentMaxConcurrency(Fleet.REQUESTS)
                        .executionEnvironmentMemoryGiBPerVCpu(GIBIBYTES_PER_CORE)
                        .publishToLatestPublished(false)
                        .build());
        InferenceApi.equip(function, means);
        this.served = new Served(function, FunctionBase.live(this, function));
    }

    public Served served() {
        return served;
    }

    public CapacityProvider machines() {
        return machines;
    }
}
