package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import network.cortensor.portal.infra.environment.Environments;
import org.junit.jupiter.api.Test;

/** A name that is fixed can be had once: it stands in the way of a second deployment, a restored table, a replacement. */
class NamesTest {
    private static final Set<String> NAMES = Set.of(
            "AlarmName",
            "ApplicationName",
            "DashboardName",
            "DeploymentGroupName",
            "FunctionName",
            "LogGroupName",
            "Name",
            "QueueName",
            "RoleName",
            "StageName",
            "TableName",
            "TopicName");

    private static final Set<String> FIXED = Set.of(
            // Part of an ARN or a URL of something that has a name by itself.
            "AWS::Lambda::Alias live",
            "AWS::ApiGateway::Stage portal",
            // A label, that metrics are kept by; not unique.
            "AWS::ApiGateway::RestApi portal-dev",
            // Where operators' tools look.
            "AWS::SSM::Parameter /portal/dev/endpoints",
            "AWS::SSM::Parameter /portal/dev/tables");

    @Test
    void nothingHasAFixedNameButWhatMustBeFoundByIt() {
        Synthesized dev = Synthesized.of(Environments.dev());
        Set<String> found = new TreeSet<>();
        Stream.of(dev.data(), dev.portal())
                .flatMap(template -> template.resources().values().stream())
                .forEach(resource -> resource.path("Properties").properties().stream()
                        .filter(property -> NAMES.contains(property.getKey()))
                        .map(Map.Entry::getValue)
                        .filter(value -> value.isTextual())
                        .forEach(value -> found.add(resource.path("Type").asText() + " " + value.asText())));

        assertThat(found).isEqualTo(new TreeSet<>(FIXED));
    }
}
