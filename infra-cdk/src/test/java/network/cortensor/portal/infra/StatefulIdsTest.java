package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the logical ids of whatever has a memory, or an address that others know, against a file. CloudFormation knows a resource by its
 * logical id alone: a renamed construct is a new, empty resource, and the old one is deleted or forgotten.
 */
class StatefulIdsTest {
    private static final Set<String> STATEFUL = Set.of(
            "AWS::ApiGateway::RestApi",
            "AWS::CloudWatch::Dashboard",
            "AWS::DynamoDB::GlobalTable",
            "AWS::Lambda::Alias",
            "AWS::Lambda::Function",
            "AWS::Lambda::Url",
            "AWS::Logs::LogGroup",
            "AWS::SNS::Topic",
            "AWS::SQS::Queue",
            "AWS::SSM::Parameter",
            "AWS::ApiGateway::Stage");

    @Test
    void nothingThatRemembersIsReplacedByARename() {
        Path file = Project.ROOT.resolve("infra-cdk/src/test/resources/stateful-ids.txt");
        List<String> written = Project.text(file).lines().toList();

        for (Synthesized made : Synthesized.all()) {
            assertThat(Stream.of(made.data(), made.portal())
                            .flatMap(StatefulIdsTest::ids)
                            .sorted())
                    .containsExactlyElementsOf(written);
        }
    }

    private static Stream<String> ids(SynthesizedTemplate template) {
        String stack = template.stack().replaceFirst("-.*", "");
        return template.resources().entrySet().stream()
                .filter(entry -> STATEFUL.contains(entry.getValue().path("Type").asText()))
                .map(entry -> stack + " " + entry.getValue().path("Type").asText() + " " + entry.getKey());
    }
}
