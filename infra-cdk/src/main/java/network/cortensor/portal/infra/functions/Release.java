package network.cortensor.portal.infra.functions;

import java.util.List;
import network.cortensor.portal.infra.environment.Sizes;
import software.amazon.awscdk.interfaces.cloudwatch.IAlarmRef;
import software.amazon.awscdk.services.codedeploy.AutoRollbackConfig;
import software.amazon.awscdk.services.codedeploy.ILambdaDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.LambdaApplication;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentGroup;
import software.amazon.awscdk.services.lambda.Alias;
import software.constructs.Construct;

/**
 * How a new version of the customers' function comes in behind its alias, and back out when an alarm goes off meanwhile.
 *
 * <p>The canary has ten minutes: a request may take nearly five, so that in the usual five minutes its failures could not be seen.
 */
public final class Release extends Construct {
    private final Sizes.Rollout rollout;
    private final LambdaApplication application;

    public Release(Construct scope, String id, Sizes.Rollout rollout) {
        super(scope, id);
        this.rollout = rollout;
        this.application = LambdaApplication.Builder.create(this, "Application").build();
    }

    /** @param id of the deployment group: never changes */
    public void bringsIn(String id, Alias alias, List<IAlarmRef> alarms) {
        LambdaDeploymentGroup.Builder.create(this, id)
                .application(application)
                .alias(alias)
                .deploymentConfig(pace(rollout))
                .alarms(alarms)
                .autoRollback(AutoRollbackConfig.builder()
                        .failedDeployment(true)
                        .stoppedDeployment(true)
                        .deploymentInAlarm(true)
                        .build())
                .build();
    }

    private static ILambdaDeploymentConfig pace(Sizes.Rollout rollout) {
        return switch (rollout) {
            case AT_ONCE -> LambdaDeploymentConfig.ALL_AT_ONCE;
            case CANARY -> LambdaDeploymentConfig.CANARY_10_PERCENT_10_MINUTES;
        };
    }
}
