package network.cortensor.portal.infra;

import java.util.Map;
import java.util.TreeMap;
import network.cortensor.portal.infra.environment.CustomerAccess;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.front.AddressFirewall;
import network.cortensor.portal.infra.front.RestFront;
import network.cortensor.portal.infra.front.StreamingFront;
import network.cortensor.portal.infra.functions.CatalogHistoryFunction;
import network.cortensor.portal.infra.functions.HealthProberFunction;
import network.cortensor.portal.infra.functions.InferenceApi;
import network.cortensor.portal.infra.functions.ManagedInference;
import network.cortensor.portal.infra.functions.Means;
import network.cortensor.portal.infra.functions.Release;
import network.cortensor.portal.infra.operations.AlarmTopic;
import network.cortensor.portal.infra.operations.Alarms;
import network.cortensor.portal.infra.operations.PortalDashboard;
import network.cortensor.portal.infra.operations.Watched;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/** Everything that runs. It holds no data, so that it may be deleted and deployed anew. */
public final class PortalStack extends Stack {
    private final Map<String, String> endpoints = new TreeMap<>();

    public PortalStack(Construct scope, String id, Means means) {
        super(
                scope,
                id,
                StackProps.builder()
                        .description("Cortensor Portal " + means.environment().name() + ": functions, fronts, alarms")
                        .tags(Deployment.tags(means.environment()))
                        .build());
        Environment environment = means.environment();
        CustomerAccess customers = environment.customers();
        InferenceApi inference = new InferenceApi(this, "Inference", means);
        HealthProberFunction prober = new HealthProberFunction(this, "Prober", means);
        CatalogHistoryFunction history = new CatalogHistoryFunction(this, "History", means);

        RestFront rest = new RestFront(this, "Rest", environment, inference);
        customers.firewall().ifPresent(firewall -> new AddressFirewall(this, "Firewall", firewall, rest.api()));
        StreamingFront streaming = new StreamingFront(this, "Streaming", customers.streamingUrl(), inference);

        Watched watched = new Watched(environment, means.tables(), inference, prober, history);
        AlarmTopic topic = new AlarmTopic(this, "Topic", environment.alerting());
        Alarms alarms = new Alarms(this, "Alarms", watched, topic);
        PortalDashboard dashboard = new PortalDashboard(this, "Dashboard", watched, alarms);
        Release release = new Release(this, "Release", environment.sizes().rollout());
        release.bringsIn("Group", inference.onDemand().alias(), alarms.againstRelease(inference.onDemand()));
        inference
                .managed()
                .map(ManagedInference::served)
                .ifPresent(served -> release.bringsIn("Managed", served.alias(), alarms.againstRelease(served)));

        tell("ApiUrl", "Base URL for OpenAI clients", rest.api().getUrl() + "v1");
        tell("StreamingUrl", "The same without API Gateway", streaming.url(inference.serving()) + "v1");
        inference.managed().map(ManagedInference::served).ifPresent(managed -> {
            tell(
                    "OnDemandUrl",
                    "The streaming URL of the function on demand",
                    streaming.url(inference.onDemand()) + "v1");
            tell(
                    "ManagedFunction",
                    "What serves on Managed Instances",
                    managed.alias().getFunctionArn());
            tell("ManagedUrl", "The streaming URL of the function on Managed Instances", streaming.url(managed) + "v1");
        });
        tell("DashboardUrl", "The dashboard", dashboard.url());
        tell(
                "InferenceFunction",
                "What serves customers",
                inference.serving().alias().getFunctionArn());
        tell(
                "HistoryFunction",
                "What records changes of the catalog",
                history.function().getFunctionArn());
        tell("ProberFunction", "What probes a target when asked", prober.alias().getFunctionArn());
        tell(
                "InferenceLog",
                "The log group of inference-api",
                log(inference.serving().function()));
        tell("ProberLog", "The log group of health-prober", log(prober.function()));
        tell("HistoryLog", "The log group of catalog-history", log(history.function()));
        tell("AlarmTopicArn", "Where alarms go", topic.topic().getTopicArn());
        remember(environment);
        if (environment.routers().isOnPaper()) {
            Annotations.of(this)
                    .addWarningV2("portal:router-hosts", "No router can answer: set their hosts in Environments.java");
        }
    }

    private static String log(Function function) {
        return function.getLogGroup().getLogGroupName();
    }

    private void tell(String name, String description, String value) {
        endpoints.put(name, value);
        CfnOutput.Builder.create(this, name)
                .description(description)
                .value(value)
                .build();
    }

    /** The outputs once more, where the operators' tool finds them with no more than the environment's name. */
    private void remember(Environment environment) {
        StringParameter.Builder.create(this, "Endpoints")
                .parameterName(environment.parameterPath() + "/endpoints")
                .description("What the stack's outputs say, for the operators' tool and the smoke test")
                .stringValue(toJsonString(endpoints))
                .build();
    }
}
