package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import network.cortensor.portal.infra.environment.Environments;
import org.junit.jupiter.api.Test;

/** Holds every IAM statement against the table in {@code who-may-do-what.md}: what is not written there must not be granted. */
class PermissionsTest {
    private final Synthesized dev = Synthesized.of(Environments.dev());

    @Test
    void nobodyMayDoWhatIsNotWrittenDownAndEverybodyWhatIs() {
        List<String> granted = Stream.of(dev.data(), dev.portal())
                .flatMap(PermissionsTest::statements)
                .sorted()
                .toList();

        assertThat(String.join("\n", granted)).isEqualTo(String.join("\n", written()));
    }

    @Test
    void noFunctionWritesWhatOperatorsOwnAndOneAloneWritesHistory() {
        List<String> writers = written().stream()
                .filter(line -> line.matches(".*(PutItem|UpdateItem|DeleteItem|BatchWrite).*"))
                .toList();

        assertThat(writers).noneMatch(line -> line.matches(".*table (Models|Pools|Targets|ApiKeys) .*"));
        assertThat(writers)
                .filteredOn(line -> line.contains("table CatalogHistory"))
                .hasSize(1)
                .allMatch(line -> line.startsWith("| HistoryRole "));
        assertThat(written()).noneMatch(line -> line.matches("\\| ProberRole .*table (ApiKeys|Usage) .*"));
    }

    @Test
    void allEnvironmentsGrantTheSame() {
        List<String> inDev = statements(dev.portal()).sorted().toList();

        for (Synthesized made : Synthesized.all()) {
            assertThat(statements(made.portal())
                            .map(line -> line.replace("/prod/", "/dev/").replace("/staging/", "/dev/"))
                            .sorted())
                    .containsExactlyElementsOf(inDev);
        }
    }

    /** A second function of the same rights, and what its machines need; nobody else may do more. */
    @Test
    void managedInstancesAddWhatIsWrittenAndNothingElse() {
        List<String> before =
                statements(Synthesized.of(Environments.prod()).portal()).toList();
        String added = statements(Synthesized.of(Synthesized.managed()).portal())
                .map(line -> line.replace("/managed/", "/prod/"))
                .filter(line -> !before.contains(line))
                .map(line -> line.replace("/prod/", "/dev/"))
                .sorted()
                .collect(Collectors.joining("\n"));

        assertThat(added).isEqualTo(String.join("\n", written("who-may-do-what-on-managed-instances.md")));
    }

    private static List<String> written() {
        return written("who-may-do-what.md");
    }

    private static List<String> written(String name) {
        Path table = Project.ROOT.resolve("infra-cdk/src/test/resources/" + name);
        return Project.text(table)
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| who") && !line.startsWith("| ---"))
                .sorted()
                .toList();
    }

    /** Each as {@code | who | may do | with what |}. */
    private static Stream<String> statements(SynthesizedTemplate template) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : template.resources().entrySet()) {
            JsonNode properties = entry.getValue().path("Properties");
            switch (entry.getValue().path("Type").asText()) {
                case "AWS::IAM::Policy" ->
                    properties
                            .at("/PolicyDocument/Statement")
                            .forEach(statement -> lines.addAll(
                                    rows(words(properties.path("Roles").path(0)), statement)));
                case "AWS::IAM::Role" -> {
                    properties
                            .at("/AssumeRolePolicyDocument/Statement")
                            .forEach(statement -> lines.add(row(
                                    principal(statement),
                                    statement.path("Action").asText(),
                                    bare(entry.getKey()) + condition(statement))));
                    properties
                            .path("ManagedPolicyArns")
                            .forEach(arn -> lines.add(row(bare(entry.getKey()), "managed policy", words(arn))));
                    assertThat(properties.has("Policies")).isFalse();
                }
                case "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy" ->
                    properties
                            .at("/PolicyDocument/Statement")
                            .forEach(statement -> lines.addAll(rows(
                                    principal(statement)
                                            + (statement.path("Effect").asText().equals("Deny") ? " NOT" : ""),
                                    statement)));
                case "AWS::Lambda::Permission" ->
                    lines.add(row(
                            properties.path("Principal").asText(),
                            properties.path("Action").asText(),
                            words(properties.path("FunctionName"))
                                    + (properties.has("SourceArn") ? " for " + words(properties.path("SourceArn")) : "")
                                    + (properties.has("FunctionUrlAuthType") ? " without a signature" : "")
                                    + (properties.has("InvokedViaFunctionUrl") ? " by its URL" : "")));
                default ->
                    assertThat(entry.getValue().path("Type").asText())
                            .as("a kind of resource that may hold IAM statements")
                            .doesNotStartWith("AWS::IAM")
                            .doesNotEndWith("Policy");
            }
        }
        return lines.stream();
    }

    private static List<String> rows(String who, JsonNode statement) {
        String actions = listed(statement.path("Action"));
        JsonNode resources = statement.path("Resource");
        Stream<JsonNode> each =
                resources.isArray() ? StreamSupport.stream(resources.spliterator(), false) : Stream.of(resources);
        return each.map(resource -> row(who, actions, words(resource) + condition(statement)))
                .toList();
    }

    private static String row(String who, String actions, String resource) {
        return "| " + who + " | " + actions + " | " + resource + " |";
    }

    private static String listed(JsonNode actions) {
        if (actions.isTextual()) {
            return actions.asText();
        }
        return StreamSupport.stream(actions.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(" "));
    }

    private static String principal(JsonNode statement) {
        JsonNode principal = statement.path("Principal");
        if (principal.isTextual()) {
            return principal.asText();
        }
        return principal.has("Service")
                ? principal.path("Service").asText()
                : principal.path("AWS").asText();
    }

    private static String condition(JsonNode statement) {
        if (!statement.has("Condition")) {
            return "";
        }
        return statement.path("Condition").properties().stream()
                .flatMap(operator -> operator.getValue().properties().stream())
                .map(test -> " if " + test.getKey() + " is " + words(test.getValue()))
                .sorted()
                .collect(Collectors.joining());
    }

    /** A reference in words: logical ids without their hash, ARNs without account. */
    private static String words(JsonNode node) {
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.has("Ref")) {
            return bare(node.path("Ref").asText());
        }
        if (node.has("Fn::GetAtt")) {
            return bare(node.path("Fn::GetAtt").path(0).asText());
        }
        if (node.has("Fn::ImportValue")) {
            return imported(node.path("Fn::ImportValue").asText());
        }
        return StreamSupport.stream(node.path("Fn::Join").path(1).spliterator(), false)
                .map(PermissionsTest::words)
                .collect(Collectors.joining());
    }

    /** {@code PortalData-dev:ExportsOutputFnGetAttTablesModelsD8B8EE26ArnF281D981} is the table Models, or its stream. */
    private static String imported(String export) {
        String name = export.replaceFirst(".*:ExportsOutputFnGetAttTables", "");
        String table = name.replaceFirst("[0-9A-F]{8}(Stream)?Arn[0-9A-F]{8}$", "");
        return name.contains("StreamArn") ? table + "'s stream" : "table " + table;
    }

    private static String bare(String logicalId) {
        return logicalId.replaceFirst("^AWS::", "").replaceFirst("[0-9A-F]{8}$", "");
    }
}
