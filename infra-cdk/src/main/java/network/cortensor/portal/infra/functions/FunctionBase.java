package network.cortensor.portal.infra.functions;

import java.util.List;
import java.util.Map;
import network.cortensor.portal.infra.environment.AllowedRouters;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.environment.Keeping;
import network.cortensor.portal.settings.Variable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** What all functions have in common. */
final class FunctionBase {
    /** The alias that everything outside calls. SnapStart works on published versions alone, and so does going back to one. */
    private static final String LIVE = "live";

    private static final String SNAP_START_NEEDS_VERSIONS = "@aws-cdk/aws-lambda:snapStartRequirePublish";

    /** Of a function's published versions. */
    static final RemovalPolicy OF_VERSIONS = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

    private FunctionBase() {}

    /**
     * A function with a log and a role of its own. The role may write that log and nothing else; AWS's managed policy for it would
     * let it write every log of the account.
     *
     * <p>A published version stays when a newer one comes, so that a release can go back to it. A version that a failed deployment has published is deleted when
     * CloudFormation rolls that deployment back: Lambda publishes the same code only once, so with the old version still there the next attempt would end at "a version for this
     * Lambda function exists".
     */
    static Function.Builder builder(Construct scope, FunctionPackage name, Means means) {
        LogGroup log = log(scope, "Log", means.environment().keeping());
        Role role = Role.Builder.create(scope, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        log.grantWrite(role);
        return Function.Builder.create(scope, "Function")
                .code(means.packages().code(name))
                .handler(name.handler())
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .role(role)
                .logGroup(log)
                .loggingFormat(LoggingFormat.JSON)
                .environment(
                        Map.of(Variable.ENVIRONMENT.key(), means.environment().name()))
                .currentVersionOptions(
                        VersionOptions.builder().removalPolicy(OF_VERSIONS).build());
    }

    static LogGroup log(Construct scope, String id, Keeping keeping) {
        return LogGroup.Builder.create(scope, id)
                .retention(keeping.logs())
                .removalPolicy(keeping.ofLogs())
                .build();
    }

    static Alias live(Construct scope, Function function) {
        Annotations.of(function)
                .acknowledgeWarning(SNAP_START_NEEDS_VERSIONS, "The alias leads to a published version.");
        return Alias.Builder.create(scope, "Live")
                .aliasName(LIVE)
                .version(function.getCurrentVersion())
                .build();
    }

    /** Tells a function which routers it may speak to, and lets it read their keys from SSM. The parameters are encrypted by AWS's own key for SSM, which decrypts for every role that may read them. */
    static void giveRouters(Function function, Environment environment) {
        AllowedRouters routers = environment.routers();
        function.addEnvironment(Variable.ROUTER_HOSTS.key(), AllowedRouters.words(routers.hosts()));
        function.addEnvironment(Variable.PLAIN_HTTP_HOSTS.key(), AllowedRouters.words(routers.plainHttp()));
        String keys = Stack.of(function)
                .formatArn(ArnComponents.builder()
                        .service("ssm")
                        .resource("parameter")
                        .resourceName(environment.parameterPath().substring(1) + "/routers/*")
                        .arnFormat(ArnFormat.SLASH_RESOURCE_NAME)
                        .build());
        function.addToRolePolicy(PolicyStatement.Builder.create()
                .actions(List.of("ssm:GetParameter"))
                .resources(List.of(keys))
                .build());
    }
}
