package network.cortensor.portal.infra.operations;

import java.util.List;
import java.util.Map;
import network.cortensor.portal.infra.environment.Alerting;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Where alarms go. More subscribers can be added by hand; they stay over deployments. */
public final class AlarmTopic extends Construct {
    private final Topic topic;

    public AlarmTopic(Construct scope, String id, Alerting alerting) {
        super(scope, id);
        this.topic = Topic.Builder.create(this, "Topic")
                .displayName("Cortensor Portal")
                .enforceSsl(true)
                .build();
        // A policy of its own replaces the default one, which let CloudWatch in.
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
                .build());
        alerting.address().ifPresent(address -> topic.addSubscription(new EmailSubscription(address)));
        if (alerting.address().isEmpty()) {
            Annotations.of(this)
                    .addWarningV2(
                            "portal:alarm-address", "Nobody hears the alarms: set an address in Environments.java");
        }
    }

    public Topic topic() {
        return topic;
    }
}
