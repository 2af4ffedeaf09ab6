package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import network.cortensor.portal.inference.InferenceSettings;
import network.cortensor.portal.infra.environment.Environments;
import network.cortensor.portal.infra.functions.FunctionPackage;
import network.cortensor.portal.prober.ProberSettings;
import network.cortensor.portal.settings.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {
    private static final String FUNCTION = "AWS::Lambda::Function";

    private final SynthesizedTemplate prod = Synthesized.of(Environments.prod()).portal();

    @Test
    void allRunOnTheRuntimeThatTheBuildIsFor() {
        assertThat(prod.properties(FUNCTION)).hasSize(3).allSatisfy(function -> {
            assertThat(function.path("Runtime").asText())
                    .isEqualTo("java" + Runtime.version().feature());
            assertThat(function.path("Architectures").path(0).asText()).isEqualTo("arm64");
            assertThat(function.at("/LoggingConfig/LogFormat").asText()).isEqualTo("JSON");
        });
    }

    @Test
    void theCustomersFunctionBringsItsOwnLoopAndIsBoundedInNumber() {
        JsonNode function = prod.one(FUNCTION, "Inference").path("Properties");

        assertThat(function.at("/Environment/Variables/AWS_LAMBDA_EXEC_WRAPPER").asText())
                .isEqualTo("/var/task/bin/portal");
        assertThat(function.path("ReservedConcurrentExecutions").asInt()).isEqualTo(500);
        assertThat(function.path("MemorySize").asInt()).isEqualTo(1_769);
    }

    @Test
    void snapshotsAreTakenOfVersionsAndCallersReachThemByAlias() {
        for (String name : List.of("Inference", "Prober")) {
            assertThat(prod.one(FUNCTION, name)
                            .at("/Properties/SnapStart/ApplyOn")
                            .asText())
                    .isEqualTo("PublishedVersions");
            assertThat(prod.one("AWS::Lambda::Version", name)
                            .path("DeletionPolicy")
                            .asText())
                    .isEqualTo("RetainExceptOnCreate");
            assertThat(prod.one("AWS::Lambda::Alias", name)
                            .at("/Properties/FunctionVersion/Fn::GetAtt/0")
                            .asText())
                    .startsWith(name + "FunctionCurrentVersion");
        }
    }

    @Test
    void aNewVersionComesInAsACanaryThatAlarmsRollBack() {
        JsonNode group = prod.one("AWS::CodeDeploy::DeploymentGroup", "Release").path("Properties");
        JsonNode alias = prod.one("AWS::Lambda::Alias", "Inference");

        assertThat(group.path("DeploymentConfigName").asText())
                .isEqualTo("CodeDeployDefault.LambdaCanary10Percent10Minutes");
        assertThat(group.at("/AlarmConfiguration/Enabled").asBoolean()).isTrue();
        assertThat(group.at("/AutoRollbackConfiguration/Events").toString()).contains("DEPLOYMENT_STOP_ON_ALARM");
        assertThat(alias.at("/UpdatePolicy/CodeDeployLambdaAliasUpdate").has("DeploymentGroupName"))
                .isTrue();
    }

    @Test
    void aTickComesEveryMinuteOnceOrNotAtAll() {
        JsonNode schedule = prod.one("AWS::Scheduler::Schedule", "Prober").path("Properties");
        JsonNode retries = schedule.at("/Target/RetryPolicy");
        JsonNode async = prod.one("AWS::Lambda::EventInvokeConfig", "Prober").path("Properties");

        assertThat(schedule.path("ScheduleExpression").asText()).isEqualTo("rate(1 minute)");
        assertThat(schedule.at("/Target/Arn/Ref").asText()).startsWith("ProberLive");
        assertThat(retries.path("MaximumRetryAttempts").asInt(-1)).isZero();
        assertThat(retries.path("MaximumEventAgeInSeconds").asInt()).isEqualTo(60);
        assertThat(async.path("Qualifier").findValuesAsText("Ref")).allMatch(id -> id.startsWith("ProberLive"));
        assertThat(async.path("MaximumRetryAttempts").asInt(-1)).isZero();
        assertThat(async.path("MaximumEventAgeInSeconds").asInt()).isEqualTo(60);
    }

    @Test
    void theCustomersFunctionIsCalledOnceADaySoThatItsSnapshotStays() throws JsonProcessingException {
        JsonNode schedule =
                prod.one("AWS::Scheduler::Schedule", "InferenceDaily").path("Properties");

        assertThat(schedule.path("ScheduleExpression").asText()).isEqualTo("rate(1 day)");
        assertThat(schedule.at("/Target/RetryPolicy/MaximumRetryAttempts").asInt())
                .isEqualTo(2);
        assertThat(schedule.at("/Target/Arn/Ref").asText()).startsWith("InferenceLive");
        assertThat(Project.JSON.readTree(schedule.at("/Target/Input").asText()))
                .isEqualTo(Project.json(Project.ROOT.resolve("events/daily-health.json")));
    }

    @Test
    void aTickLooksLikeTheOneThatTheProberIsTestedWith() throws JsonProcessingException {
        JsonNode sent = Project.JSON.readTree(prod.one("AWS::Scheduler::Schedule", "Prober")
                .at("/Properties/Target/Input")
                .asText());
        JsonNode replayed = Project.json(Project.ROOT.resolve("events/scheduled-tick.json"));

        for (Map.Entry<String, JsonNode> field : sent.properties()) {
            assertThat(replayed.path(field.getKey()).getNodeType())
                    .as(field.getKey())
                    .isEqualTo(field.getValue().getNodeType());
        }
    }

    @Test
    void everyCatalogTablesChangesAreRecordedOneByOneIfNeedBe() {
        List<JsonNode> sources = prod.properties("AWS::Lambda::EventSourceMapping");

        assertThat(sources).hasSize(3).allSatisfy(source -> {
            assertThat(source.path("FunctionName").path("Ref").asText()).startsWith("HistoryFunction");
            assertThat(source.path("StartingPosition").asText()).isEqualTo("TRIM_HORIZON");
            assertThat(source.path("BisectBatchOnFunctionError").asBoolean()).isTrue();
            assertThat(source.path("FunctionResponseTypes").path(0).asText()).isEqualTo("ReportBatchItemFailures");
            assertThat(source.at("/DestinationConfig/OnFailure/Destination/Fn::GetAtt/0")
                            .asText())
                    .startsWith("HistoryUndelivered");
        });
        assertThat(sources.stream().map(source -> source.path("EventSourceArn").toString()))
                .anyMatch(arn -> arn.contains("TablesModels"))
                .anyMatch(arn -> arn.contains("TablesPools"))
                .anyMatch(arn -> arn.contains("TablesTargets"));
    }

    @Test
    void everyLogEnds() {
        for (Synthesized made : Synthesized.all()) {
            assertThat(made.portal().properties("AWS::Logs::LogGroup"))
                    .hasSize(4)
                    .allMatch(log -> log.path("RetentionInDays").asInt() > 0);
        }
    }

    @ParameterizedTest
    @MethodSource
    void aFunctionIsToldJustWhatItReads(FunctionPackage name, Set<Variable> read) {
        assertThat(prod.variables(name))
                .containsExactlyInAnyOrderElementsOf(read.stream()
                        .filter(Variable::setByDeployment)
                        .map(Variable::key)
                        .toList());
    }

    static Stream<Arguments> aFunctionIsToldJustWhatItReads() {
        return Stream.of(
                argumentSet("inference-api", FunctionPackage.INFERENCE_API, InferenceSettings.VARIABLES),
                argumentSet("health-prober", FunctionPackage.HEALTH_PROBER, ProberSettings.VARIABLES));
    }
}
