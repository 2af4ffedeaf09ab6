package network.cortensor.portal.infra.front;

import java.util.List;
import network.cortensor.portal.infra.environment.CustomerAccess;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.environment.Keeping;
import network.cortensor.portal.infra.functions.InferenceApi;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.DomainName;
import software.amazon.awscdk.services.apigateway.DomainNameOptions;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.LambdaIntegration;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.ProxyResourceOptions;
import software.amazon.awscdk.services.apigateway.ResponseTransferMode;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigateway.SecurityPolicy;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Permission;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The regional REST API. Only REST APIs stream, and only regional ones do so for minutes. It cannot route on a JSON body, so every
 * path and method goes to the function as a stream, answers that are no streams included.
 */
public final class RestFront extends Construct {
    /** Above the function's own timeout, so that it is never the gateway that gives up first. */
    private static final Duration TIMEOUT = Duration.seconds(305);

    /** A part of every URL without a domain of our own: to change it is to break customers. */
    private static final String STAGE = "portal";

    private final RestApi api;

    public RestFront(Construct scope, String id, Environment environment, InferenceApi inference) {
        super(scope, id);
        Keeping keeping = environment.keeping();
        LogGroup accessLog = LogGroup.Builder.create(this, "AccessLog")
                .retention(keeping.logs())
                .removalPolicy(keeping.ofLogs())
                .build();
        this.api = RestApi.Builder.create(this, "Api")
                .restApiName(apiName(environment))
                .description("Portal " + environment.name() + ": OpenAI- and Anthropic-style inference")
                .endpointTypes(List.of(EndpointType.REGIONAL))
                .deployOptions(stage(environment.customers().throttle(), accessLog))
                .cloudWatchRole(true)
                .cloudWatchRoleRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        // CDK's own output of the URL would be the second one, and lead to nothing a client can use as it is.
        api.getNode().tryRemoveChild("Endpoint");
        LambdaIntegration integration = LambdaIntegration.Builder.create(
                        inference.serving().alias())
                .responseTransferMode(ResponseTransferMode.STREAM)
                .timeout(TIMEOUT)
                .allowTestInvoke(false)
                .build();
        api.getRoot().addMethod("ANY", integration);
        api.getRoot()
                .addProxy(ProxyResourceOptions.builder()
                        .defaultIntegration(integration)
                        .build());
        letInToBoth(inference);
        GatewayErrors.addTo(api);
        environment.customers().domain().ifPresent(this::serve);
    }

    /**
     * Lets the API call each function to which it could be led, and not just the one to which it is. CloudFormation makes the integration's own permission, which names the
     * stage, only when the stage leads to the new alias already, so that with it alone a switch would lose the requests of some seconds.
     */
    private void letInToBoth(InferenceApi inference) {
        if (inference.managed().isPresent()) {
            inference
                    .all()
                    .forEach(served -> served.alias()
                            .addPermission(
                                    "Api",
                                    Permission.builder()
                                            .principal(new ServicePrincipal("apigateway.amazonaws.com"))
                                            .sourceArn(api.arnForExecuteApi("*", "/*", STAGE))
                                            .build()));
        }
    }

    /** What CloudWatch keeps the API's metrics by; two deployments in one account must differ in it. */
    public static String apiName(Environment environment) {
        return "portal-" + environment.name();
    }

    public static String stageName() {
        return STAGE;
    }

    private static StageOptions stage(CustomerAccess.Throttle throttle, ILogGroup accessLog) {
        return StageOptions.builder()
                .stageName(STAGE)
                .throttlingRateLimit(throttle.perSecond())
                .throttlingBurstLimit(throttle.burst())
                .metricsEnabled(true)
                // Of the gateway's own log only its errors: at other levels it would write headers and bodies.
                .loggingLevel(MethodLoggingLevel.ERROR)
                .dataTraceEnabled(false)
                .accessLogDestination(new LogGroupLogDestination(accessLog))
                .accessLogFormat(AccessLogFormat.custom(AccessLog.FORMAT))
                .build();
    }

    private void serve(CustomerAccess.Domain domain) {
        DomainName name = api.addDomainName(
                "Domain",
                DomainNameOptions.builder()
                        .domainName(domain.name())
                        .certificate(Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn()))
                        .endpointType(EndpointType.REGIONAL)
                        .securityPolicy(SecurityPolicy.TLS_1_2)
                        .build());
        CfnOutput.Builder.create(this, "DomainTarget")
                .description("What the name " + domain.name() + " must point to (CNAME)")
                .value(name.getDomainNameAliasDomainName())
                .build();
    }

    public RestApi api() {
        return api;
    }
}
