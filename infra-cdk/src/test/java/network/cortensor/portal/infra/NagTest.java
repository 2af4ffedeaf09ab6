package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;

/** AWS's own list of what to mind (AwsSolutions), over a deployment with everything that is optional. */
class NagTest {
    /** Else synthesis itself would fail and name only the first of them. */
    private static final Map<String, Object> FINDINGS_AS_MESSAGES =
            Map.of("@aws-cdk/core:annotationsInValidationReport", false);

    private static final List<Reason> REASONS = List.of(
            new Reason(
                    "/Inference/Role/DefaultPolicy/Resource",
                    "AwsSolutions-IAM5",
                    "Routers come and go while the stack stays: their keys are parameters under one path, which holds"
                            + " nothing else."),
            new Reason(
                    "/Inference/Managed/Role/DefaultPolicy/Resource",
                    "AwsSolutions-IAM5",
                    "Routers come and go while the stack stays: their keys are parameters under one path, which holds"
                            + " nothing else."),
            new Reason(
                    "/Inference/Managed/Machines/OperatorRole/Resource",
                    "AwsSolutions-IAM4",
                    "AWS's policy for starting and ending a fleet's machines; Lambda alone takes the role, and what it"
                            + " needs is AWS's to say."),
            new Reason(
                    "/Inference/Managed/Network/Vpc/Resource",
                    "AwsSolutions-VPC7",
                    "Nothing comes in, and every request that goes out has a line of its own in the function's log; a"
                            + " log of addresses would cost more than the network."),
            new Reason(
                    "/Release/Managed/ServiceRole/Resource",
                    "AwsSolutions-IAM4",
                    "AWS's policy for shifting the traffic of an alias; CodeDeploy alone takes the role, and what it"
                            + " needs is AWS's to say."),
            new Reason(
                    "/Prober/Role/DefaultPolicy/Resource",
                    "AwsSolutions-IAM5",
                    "Routers come and go while the stack stays: their keys are parameters under one path, which holds"
                            + " nothing else."),
            new Reason(
                    "/Release/Group/ServiceRole/Resource",
                    "AwsSolutions-IAM4",
                    "AWS's policy for shifting the traffic of an alias; CodeDeploy alone takes the role, and what it"
                            + " needs is AWS's to say."),
            new Reason(
                    "/Rest/Api/CloudWatchRole/Resource",
                    "AwsSolutions-IAM4",
                    "An account has one role by which API Gateway writes logs, for all APIs; AWS's policy is the one"
                            + " made for it."),
            new Reason(
                    "/Rest/Api/Resource",
                    "AwsSolutions-APIG2",
                    "The function checks each request itself and answers in the API's own error shape, on both fronts"
                            + " alike."),
            new Reason(
                    "/Rest/Api/Default/ANY/Resource",
                    "AwsSolutions-APIG4",
                    "Customers' keys are checked by the function, on both fronts alike; stock clients send nothing"
                            + " that IAM could check."),
            new Reason(
                    "/Rest/Api/Default/ANY/Resource",
                    "AwsSolutions-COG4",
                    "Customers are programs with keys of ours, not users who sign in."),
            new Reason(
                    "/Rest/Api/Default/{proxy+}/ANY/Resource",
                    "AwsSolutions-APIG4",
                    "Customers' keys are checked by the function, on both fronts alike; stock clients send nothing"
                            + " that IAM could check."),
            new Reason(
                    "/Rest/Api/Default/{proxy+}/ANY/Resource",
                    "AwsSolutions-COG4",
                    "Customers are programs with keys of ours, not users who sign in."),
            new Reason(
                    "/History/Undelivered/Resource",
                    "AwsSolutions-SQS3",
                    "It is the dead-letter queue itself: of the catalog's streams, which do not count as queues."));

    /** Why a finding at one resource is as we want it. */
    private record Reason(String path, String finding, String why) {
        private void give(Stack stack) {
            NagSuppressions.addResourceSuppressionsByPath(
                    stack,
                    stack.getStackName() + path,
                    List.of(NagPackSuppression.builder().id(finding).reason(why).build()));
        }
    }

    @Test
    void nothingIsFoundThatHasNoReason() {
        Synthesized checked = Synthesized.with(Synthesized.everything(), FINDINGS_AS_MESSAGES, deployment -> {
            for (Stack stack : List.of(deployment.data(), deployment.portal())) {
                Aspects.of(stack).add(new AwsSolutionsChecks());
            }
            REASONS.forEach(reason -> reason.give(deployment.portal()));
        });

        assertThat(checked.errors()).isEmpty();
    }
}
